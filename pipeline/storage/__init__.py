"""Where the corpus lives: Iceberg tables, the published set of snapshots, and the DuckDB catalog built from it."""
