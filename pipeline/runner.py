"""Decides the order of work and does all IO of the stages: read, run, write rejects, write accepted, write the manifest last.

A batch of a stage exists only if its manifest does, a dump is in the corpus only if `published.json` names its snapshots.
"""

import json
import shutil
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyiceberg.expressions import In, Or

from pipeline.context import StageContext
from pipeline.dumps import Dump, find_files, plan, versions
from pipeline.enrichers.duplicates import KEYS as DUPLICATE_KEYS
from pipeline.enrichers.duplicates import exact_duplicates
from pipeline.errors import BalanceError
from pipeline.readers import Limits, Mapping, RawRecord, load_mappings, mapping_from_options, read_file
from pipeline.registry import STAGES
from pipeline.settings import Settings
from pipeline.sources import Sources
from pipeline.stages.load import KEYS, outcomes, resolve
from pipeline.storage.catalog import rebuild, session
from pipeline.storage.tables import Warehouse, write_atomically
from schemas.tables import ARTICLES, QUARANTINE, RAW_BATCH, RAW_FILES, RAW_RECORDS, RUNS
from schemas.vocab import Outcome, Role

Progress = Callable[[str, int], None]
COUNTS = ("n_read", "n_loaded", "n_quarantined", "n_duplicates", "n_embedded")


def run(
    raw: Sequence[Path],
    settings: Settings,
    *,
    workers: int = 1,
    match: str = "",
    fields: Sequence[str] = (),
    progress: Progress = lambda what, n: None,
) -> dict[str, int]:
    """Brings every new or changed raw file into the corpus and publishes it.

    Returns:
        Counts of this run: COUNTS, n_files (found), n_dumps (loaded), n_skipped (files that were loaded before).
    """
    warehouse = Warehouse(settings)
    paths = find_files(raw, match)
    dumps = plan(paths, settings, _parameters(settings, fields), _loaded(warehouse))
    total: Counter[str] = Counter({name: 0 for name in COUNTS})
    total.update(n_files=len(paths), n_dumps=len(dumps), n_skipped=len(paths) - sum(len(dump.files) for dump in dumps))
    if not dumps:
        _refresh(warehouse)
        return dict(total)
    waiting: deque[tuple[Dump, float, list[Future[str]]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for dump in dumps:
            began = time.monotonic()
            futures: list[Future[str]] = []
            for batch in read_dump(dump, settings, fields):
                futures.append(pool.submit(process, batch, settings))
                _hold(futures, 4 * workers)
            waiting.append((dump, began, futures))
            while waiting and (len(waiting) > 2 * workers or all(f.done() for f in waiting[0][2])):
                _finish(waiting.popleft(), warehouse, total, progress)
        while waiting:
            _finish(waiting.popleft(), warehouse, total, progress)
    publish(settings)
    return dict(total)


def discover(
    raw: Sequence[str],
    settings: Settings,
    *,
    match: str = "",
    batch_size: int | None = None,
    fields: Sequence[str] = (),
) -> list[str]:
    """Reads every new or changed raw file into batches; returns their paths relative to the warehouse."""
    settings = settings.model_copy(update={"batch_size": batch_size or settings.batch_size})
    paths = find_files([Path(path) for path in raw], match)
    dumps = plan(paths, settings, _parameters(settings, fields), _loaded(Warehouse(settings)))
    return [batch for dump in dumps for batch in read_dump(dump, settings, fields)]


def run_stage(name: str, batch: str, settings: Settings) -> str:
    """Runs one stage over one batch, unless its manifest says that it is done; returns the batch path."""
    stage = STAGES[name]
    folder = settings.warehouse / batch
    target = folder / name
    if (target / "manifest.json").exists():
        return batch
    target.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    table = pq.read_table(folder / stage.reads)
    result = stage.run(table, _context(folder.parent, settings))
    _write(result.rejected, target / "rejected.parquet")
    _write(result.accepted, target / "accepted.parquet")
    manifest = {
        "stage": name,
        "read": table.num_rows,
        "accepted": result.accepted.num_rows,
        "rejected": result.rejected.num_rows,
        "seconds": time.monotonic() - began,
    }
    write_atomically(target / "manifest.json", json.dumps(manifest) + "\n")
    return batch


def process(batch: str, settings: Settings) -> str:
    """Runs every stage before load over one batch."""
    for name in STAGES:
        run_stage(name, batch, settings)
    return batch


def load(batches: Sequence[str], settings: Settings) -> dict[str, int]:
    """Loads the dumps of the batches, one transaction each; every batch of a dump must be enriched."""
    warehouse = Warehouse(settings)
    total: Counter[str] = Counter({name: 0 for name in COUNTS})
    folders = list(dict.fromkeys(str(Path(batch).parent) for batch in batches))
    for folder in folders:
        path = settings.warehouse / folder / "dump.json"
        if path.exists():
            total.update(load_dump(Dump.from_json(path.read_text(encoding="utf-8")), warehouse))
    return dict(total) | {"n_dumps": len(folders)}


def publish(settings: Settings) -> dict[str, int]:
    """Recomputes what depends on the whole corpus and rebuilds `news.duckdb`; returns rows per table."""
    warehouse = Warehouse(settings)
    with warehouse.locked():
        warehouse.roll_back()
        with session(settings) as connection:
            files = [str(path) for path in warehouse.files("articles")]
            if files:
                keys = connection.sql(
                    f"SELECT {', '.join(DUPLICATE_KEYS)} FROM read_parquet($1, hive_partitioning = false)",
                    params=[files],
                ).to_arrow_table()
                pairs = exact_duplicates(keys)
                warehouse.replace_all("duplicates", pairs)
        warehouse.publish()
        return rebuild(warehouse)


def read_dump(dump: Dump, settings: Settings, fields: Sequence[str] = ()) -> Iterator[str]:
    """Writes the raw records of a dump as batches of bounded size; yields the path of each as it is complete."""
    folder = settings.staging / dump.run_id
    if (folder / "dump.json").exists():
        yield from (str(path.relative_to(settings.warehouse)) for path in sorted(folder.glob("batch-*")))
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_atomically(
        folder / "context.json",
        json.dumps(
            {
                "run_id": dump.run_id,
                "received_at": datetime.now(UTC).isoformat(),
                "files": {f.raw_file_id: f.path for f in dump.files},
            }
        ),
    )
    mappings = (*([mapping_from_options(fields)] if fields else []), *load_mappings())
    rows: list[dict[str, Any]] = []
    size = number = 0
    for row in _raw_rows(dump, mappings, settings):
        rows.append(row)
        size += len(row["text"] or "") + len(row["fields"] or "")
        if len(rows) == settings.batch_size or size >= settings.batch_bytes:
            yield _write_batch(folder, number, rows, settings)
            rows, size, number = [], 0, number + 1
    if rows:
        yield _write_batch(folder, number, rows, settings)
    write_atomically(folder / "dump.json", dump.to_json())


def _raw_rows(dump: Dump, mappings: tuple[Mapping, ...], settings: Settings) -> Iterator[dict[str, Any]]:
    limits = Limits(settings.max_record_bytes, settings.max_expansion_ratio)
    for file in dump.files:
        for found in read_file(Path(file.path), mappings, limits):
            row: dict[str, Any] = dict.fromkeys(RAW_BATCH.names) | {
                "raw_file_id": file.raw_file_id,
                "raw_locator": found.locator,
                "unknown_fields": False,
                "is_record": found.locator is not None,
            }
            if isinstance(found, RawRecord):
                row |= {
                    "record_id": found.record_id,
                    "mapping": found.mapping,
                    "text": found.text,
                    "unknown_fields": found.unknown_fields,
                    "flags": list(found.flags),
                }
                row["fields"] = json.dumps(found.fields, ensure_ascii=False, default=str) if found.fields else None
            else:
                row |= {"reason_code": found.reason_code, "observed": found.observed}
            yield row


def _write_batch(folder: Path, number: int, rows: list[dict[str, Any]], settings: Settings) -> str:
    batch = folder / f"batch-{number:05d}"
    batch.mkdir()
    _write(pa.Table.from_pylist(rows, schema=RAW_BATCH), batch / "raw.parquet")
    return str(batch.relative_to(settings.warehouse))


def load_dump(dump: Dump, warehouse: Warehouse) -> dict[str, int]:
    """Commits a dump whose batches are all enriched, replacing what an earlier run loaded of its files.

    Raises:
        BalanceError: read = loaded + quarantined + duplicates does not hold; nothing is published.
    """
    began, started_at = time.monotonic(), datetime.now(UTC)
    folder = warehouse.settings.staging / dump.run_id
    raw = _collect(folder, "raw.parquet", RAW_BATCH, ["raw_file_id", "raw_locator", "record_id"])
    incoming = _collect(folder, "enrich/accepted.parquet", ARTICLES.arrow())
    rejected = pa.concat_tables(_collect(folder, f"{name}/rejected.parquet", QUARANTINE.arrow()) for name in STAGES)
    with warehouse.locked():
        warehouse.roll_back()
        loaded = _loaded(warehouse)
        file_ids = [file.raw_file_id for file in dump.files]
        again = [raw_file_id for raw_file_id in file_ids if raw_file_id in loaded]
        existing = _existing(warehouse, incoming, again)
        others = existing.filter(pc.invert(pc.is_in(existing["raw_file_id"], pa.array(file_ids))))
        candidates = pa.concat_tables([others, incoming])
        keys = candidates.select(KEYS).to_pylist()
        resolution = resolve(keys)
        is_current = pa.array((row in resolution.current for row in range(len(keys))), pa.bool_())

        leads = {
            (key["raw_file_id"], key["raw_locator"]): (key, row in resolution.duplicates)
            for row, key in enumerate(keys)
            if key["role"] == Role.LEAD
        }
        reasons = {
            (r["raw_file_id"], r["raw_locator"]): r["reason_code"]
            for r in rejected.to_pylist()
            if r["role"] != Role.EMBEDDED
        }
        records = [row | {"run_id": dump.run_id} for row in outcomes(raw.to_pylist(), leads, reasons)]
        files = _file_rows(dump, records, keys, file_ids)

        mine = In("raw_file_id", again) if again else None
        known = pc.unique(existing["article_id"]).to_pylist()
        moved = In("article_id", known) if known else None
        where = Or(mine, moved) if mine and moved else mine or moved
        warehouse.replace("articles", candidates.filter(is_current).sort_by("article_id"), where)
        warehouse.replace("article_versions", candidates.filter(pc.invert(is_current)).sort_by("article_id"), where)
        warehouse.replace("quarantine", rejected.sort_by("quarantine_id"), mine)
        warehouse.replace("raw_records", pa.Table.from_pylist(records, schema=RAW_RECORDS.arrow()), mine)
        warehouse.replace("raw_files", pa.Table.from_pylist(files, schema=RAW_FILES.arrow()), mine)
        counts = {name: sum(file[name] for file in files) for name in COUNTS}
        ledger = counts | {
            "run_id": dump.run_id,
            "fingerprint": dump.fingerprint,
            "started_at": started_at,
            "seconds": time.monotonic() - began,
            "versions": json.dumps(versions(), sort_keys=True),
        }
        warehouse.replace("runs", pa.Table.from_pylist([ledger], schema=RUNS.arrow()), In("run_id", [dump.run_id]))
        warehouse.publish()
    shutil.rmtree(folder)
    return counts


def _file_rows(
    dump: Dump, records: list[dict[str, Any]], keys: list[dict[str, Any]], file_ids: list[str]
) -> list[dict[str, Any]]:
    """A `raw_files` row a file, with the balance law asserted for each."""
    embedded = Counter(key["raw_file_id"] for key in keys if key["role"] == Role.EMBEDDED)
    by_file: dict[str, Counter[str]] = {raw_file_id: Counter() for raw_file_id in file_ids}
    for record in records:
        by_file[record["raw_file_id"]][record["outcome"]] += 1
        if record["outcome"] == Outcome.QUARANTINED and record["reason_code"] is None:
            raise BalanceError(
                f"record {record['raw_locator']} of {record['raw_file_id']} was lost; this is a defect, please report it"
            )
    return [
        {
            "raw_file_id": file.raw_file_id,
            "path": file.path,
            "n_bytes": file.n_bytes,
            "fingerprint": file.fingerprint,
            "n_read": by_file[file.raw_file_id].total(),
            "n_loaded": by_file[file.raw_file_id][Outcome.LOADED],
            "n_quarantined": by_file[file.raw_file_id][Outcome.QUARANTINED],
            "n_duplicates": by_file[file.raw_file_id][Outcome.DUPLICATE],
            "n_embedded": embedded[file.raw_file_id],
            "run_id": dump.run_id,
        }
        for file in dump.files
    ]


def _existing(warehouse: Warehouse, incoming: pa.Table, again: list[str]) -> pa.Table:
    """Published rows that the dump touches: of its articles, and of the articles its files gave before."""
    files = [str(path) for name in ("articles", "article_versions") for path in warehouse.files(name)]
    if not files:
        return ARTICLES.arrow().empty_table()
    with session(warehouse.settings) as connection:
        connection.register("incoming", incoming.select(["article_id"]))
        connection.register("again", pa.table({"raw_file_id": pa.array(again, pa.string())}))
        source = f"read_parquet([{', '.join(repr(file) for file in files)}], hive_partitioning = false)"
        query = f"""
            WITH touched AS (
                SELECT article_id FROM incoming
                UNION SELECT article_id FROM {source} WHERE raw_file_id IN (FROM again)
            )
            SELECT {", ".join(ARTICLES.columns)} FROM {source} WHERE article_id IN (FROM touched)
        """
        return connection.sql(query).to_arrow_table().cast(ARTICLES.arrow())


def _loaded(warehouse: Warehouse) -> dict[str, str]:
    """Fingerprint of every raw file in the published corpus."""
    files = warehouse.files("raw_files")
    table = (
        pa.concat_tables(
            pq.read_table(path, columns=["raw_file_id", "fingerprint"], partitioning=None) for path in files
        )
        if files
        else None
    )
    return (
        dict(zip(*(table[name].to_pylist() for name in ("raw_file_id", "fingerprint")), strict=True)) if table else {}
    )


def _refresh(warehouse: Warehouse) -> None:
    """Rebuilds the catalog when a run died between its last commit and the rebuild."""
    settings = warehouse.settings
    if not settings.published.exists() or (
        settings.database.exists() and settings.database.stat().st_mtime >= settings.published.stat().st_mtime
    ):
        return
    publish(settings)


def _finish(
    item: tuple[Dump, float, list[Future[str]]], warehouse: Warehouse, total: Counter[str], progress: Progress
) -> None:
    dump, _, futures = item
    for future in futures:
        future.result()
    counts = load_dump(dump, warehouse)
    total.update(counts)
    progress(Path(dump.files[0].path).name, counts["n_read"])


def _hold(futures: list[Future[str]], most: int) -> None:
    """Waits while too many batches are under way, so that staging and memory stay bounded."""
    running = [future for future in futures if not future.done()]
    if len(running) > most:
        running[0].result()


def _context(folder: Path, settings: Settings) -> StageContext:
    data = json.loads((folder / "context.json").read_text(encoding="utf-8"))
    sources = Sources.read(settings.warehouse / "sources.yml")
    return StageContext(data["run_id"], datetime.fromisoformat(data["received_at"]), data["files"], sources)


def _parameters(settings: Settings, fields: Sequence[str]) -> dict[str, object]:
    return {
        "fields": sorted(fields),
        "max_record_bytes": settings.max_record_bytes,
        "max_expansion_ratio": settings.max_expansion_ratio,
    }


def _collect(folder: Path, name: str, schema: pa.Schema, columns: list[str] | None = None) -> pa.Table:
    tables = [
        pq.read_table(path, columns=columns, partitioning=None) for path in sorted(folder.glob(f"batch-*/{name}"))
    ]
    empty = schema.empty_table()
    return pa.concat_tables([empty.select(columns) if columns else empty, *tables], promote_options="permissive")


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", compression_level=1)
