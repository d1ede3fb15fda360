"""Decides how dump files become raw records and problems; what the records say is decided by the parsers."""

from .files import read_file, read_raw, read_record
from .mappings import Mapping, load_mappings, mapping_from_options
from .records import Limits, RawProblem, RawRecord

__all__ = [
    "Limits",
    "Mapping",
    "RawProblem",
    "RawRecord",
    "load_mappings",
    "mapping_from_options",
    "read_file",
    "read_raw",
    "read_record",
]
