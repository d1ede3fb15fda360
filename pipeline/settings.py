"""Decides where the warehouse is and which limits apply; the only module that reads the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Every setting, with its default; override with an environment variable `WARRAQ_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="WARRAQ_", frozen=True, extra="forbid")

    warehouse: Path = PROJECT / "warehouse"
    catalog_uri: str | None = Field(
        default=None, description="PyIceberg catalog URI; default: SQLite inside the warehouse"
    )
    batch_size: int = Field(default=2000, ge=1, description="records in a batch")
    batch_bytes: int = Field(default=32 * 2**20, ge=1, description="text bytes in a batch")
    dump_bytes: int = Field(default=64 * 2**20, ge=1, description="raw bytes that are loaded in one transaction")
    max_record_bytes: int = Field(default=10 * 2**20, ge=1)
    max_expansion_ratio: float = Field(default=200.0, gt=1)
    memory_limit: str = Field(default="2GB", description="DuckDB memory limit")
    temp_limit: str = Field(default="20GB", description="DuckDB temporary directory limit")
    mentions_model: Path | None = Field(
        default=None, description="folder of an ONNX token classifier that adds to `mentions`; needs the extra `ner`"
    )
    lock_seconds: float = Field(default=600.0, ge=0, description="how long to wait for another run's commit")

    @property
    def staging(self) -> Path:
        return self.warehouse / "staging"

    @property
    def tables(self) -> Path:
        return self.warehouse / "tables"

    @property
    def published(self) -> Path:
        """The snapshot of every table that readers see; written last in a commit."""
        return self.warehouse / "published.json"

    @property
    def boilerplate(self) -> Path:
        """Lines that repeat across the pages of a source: a side input of parse, which may be absent."""
        return self.warehouse / "boilerplate.parquet"

    @property
    def database(self) -> Path:
        return self.warehouse / "news.duckdb"
