"""Decides which statistics there are: one .sql file each, in long form; the figures come from the published corpus only."""

from pathlib import Path

from pipeline.settings import Settings
from pipeline.storage.catalog import rebuild
from pipeline.storage.query import reader
from pipeline.storage.tables import Warehouse
from schemas.tables import STATISTICS

_FOLDER = Path(__file__).parent


def compute(settings: Settings) -> int:
    """Replaces the `statistics` table and publishes it; returns the number of figures."""
    columns = [name for name in STATISTICS.columns if name not in ("stat_id", "run_id")]
    selects = [
        f"SELECT '{path.stem}' AS stat_id, {', '.join(columns)}, (SELECT coalesce(max(run_id), '') FROM runs) AS run_id FROM ({path.read_text(encoding='utf-8')})"
        for path in sorted(_FOLDER.glob("*.sql"))
    ]
    with reader(settings) as connection:
        rows = connection.sql(f"{' UNION ALL '.join(selects)} ORDER BY ALL").to_arrow_table()
    warehouse = Warehouse(settings)
    with warehouse.locked():
        warehouse.roll_back()
        warehouse.replace_all("statistics", rows.cast(STATISTICS.arrow()))
        warehouse.publish()
        rebuild(warehouse)
    return int(rows.num_rows)
