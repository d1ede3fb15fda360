"""Raw dump containers to raw records, streamed in bounded memory; bad input is a counted problem, never an exception."""

from pipeline.readers.files import is_page_file, read_file, read_record
from pipeline.readers.mapping import Mapping, load_mappings, mapping_from_options
from pipeline.readers.records import Limits, RawProblem, RawRecord

__all__ = ["Limits", "Mapping", "RawProblem", "RawRecord", "is_page_file", "load_mappings", "mapping_from_options", "read_file", "read_record"]
