"""The four stages, each a pure function over one batch: `stage(table, context) -> StageResult`."""
