"""The contracts of the corpus: every field, table, reason code and check is defined here once, and nothing here does any IO."""
