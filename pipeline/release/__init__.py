"""What researchers receive: a self-contained folder made from pinned snapshots, and the proof that it is whole."""

from pipeline.release.bundle import create
from pipeline.release.verification import verify

__all__ = ["create", "verify"]
