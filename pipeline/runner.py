"""Decides the order of work and does all IO of the stages: read, run, write rejects, write accepted, write the manifest last.

A batch of a stage exists only if its manifest does, a dump is in the corpus only if `published.json` names its snapshots.
"""

import json
import shutil
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.annotation import annotate_corpus
from pipeline.context import StageContext
from pipeline.dumps import Dump, find_files, parameters, plan, reading
from pipeline.line_counts import read_boilerplate
from pipeline.loader import COUNTS, load_dump, loaded_files, publish
from pipeline.memory import give_back
from pipeline.processes import hold, pool
from pipeline.readers import RawRecord, read_file
from pipeline.registry import STAGES
from pipeline.settings import Settings
from pipeline.sources import Sources
from pipeline.storage.tables import Warehouse, write_atomically
from schemas.tables import RAW_BATCH

Progress = Callable[[str, int], None]


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
        Counts of this run: COUNTS, n_files (found), n_dumps (loaded), n_skipped (files that were loaded before), n_annotated
        (articles that annotators looked at).
    """
    warehouse = Warehouse(settings)
    paths = find_files(raw, match)
    dumps = plan(paths, settings, parameters(settings, fields), loaded_files(warehouse))
    total: Counter[str] = Counter({name: 0 for name in COUNTS})
    total.update(n_files=len(paths), n_dumps=len(dumps), n_skipped=len(paths) - sum(len(dump.files) for dump in dumps))
    waiting: deque[tuple[Dump, list[Future[str]]]] = deque()
    with pool(workers) as executor:
        for dump in dumps:
            futures: list[Future[str]] = []
            for batch in read_dump(dump, settings):
                futures.append(executor.submit(process, batch, settings))
                hold(futures, 4 * workers)
            waiting.append((dump, futures))
            while waiting and (len(waiting) > 2 * workers or all(f.done() for f in waiting[0][1])):
                _finish(waiting.popleft(), warehouse, total, progress)
        while waiting:
            _finish(waiting.popleft(), warehouse, total, progress)
    total["n_annotated"] = annotate_corpus(warehouse, workers, progress=progress)
    if dumps or total["n_annotated"]:
        publish(settings)
    else:
        _refresh(warehouse)
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
    dumps = plan(paths, settings, parameters(settings, fields), loaded_files(Warehouse(settings)))
    return [batch for dump in dumps for batch in read_dump(dump, settings)]


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
    _write(result.accepted, target / "accepted.parquet", stage.grouped_by)
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
        give_back()
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


def annotate(
    settings: Settings,
    *,
    names: Sequence[str] = (),
    again: bool = False,
    workers: int = 1,
    progress: Progress = lambda what, n: None,
) -> int:
    """Lets annotators look at the articles that they have not seen as they are now, and publishes what they find.

    Returns:
        Number of articles looked at.
    """
    warehouse = Warehouse(settings)
    n_annotated = annotate_corpus(warehouse, workers, names=names, again=again, progress=progress)
    if n_annotated:
        publish(settings)
    return n_annotated


def read_dump(dump: Dump, settings: Settings) -> Iterator[str]:
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
    rows: list[dict[str, Any]] = []
    size = number = 0
    for row in _raw_rows(dump):
        rows.append(row)
        size += len(row["text"] or "") + len(row["fields"] or "")
        if len(rows) == settings.batch_size or size >= settings.batch_bytes:
            yield _write_batch(folder, number, rows, settings)
            rows, size, number = [], 0, number + 1
    if rows:
        yield _write_batch(folder, number, rows, settings)
    write_atomically(folder / "dump.json", dump.to_json())


def _raw_rows(dump: Dump) -> Iterator[dict[str, Any]]:
    mappings, limits = reading(dump.parameters)
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
                row |= {"reason_code": found.reason_code, "field": found.field, "observed": found.observed}
            yield row


def _write_batch(folder: Path, number: int, rows: list[dict[str, Any]], settings: Settings) -> str:
    batch = folder / f"batch-{number:05d}"
    batch.mkdir()
    _write(pa.Table.from_pylist(rows, schema=RAW_BATCH), batch / "raw.parquet")
    return str(batch.relative_to(settings.warehouse))


def _refresh(warehouse: Warehouse) -> None:
    """Rebuilds the catalog when a run died between its last commit and the rebuild."""
    settings = warehouse.settings
    if not settings.published.exists() or (
        settings.database.exists() and settings.database.stat().st_mtime >= settings.published.stat().st_mtime
    ):
        return
    publish(settings)


def _finish(
    item: tuple[Dump, list[Future[str]]], warehouse: Warehouse, total: Counter[str], progress: Progress
) -> None:
    dump, futures = item
    for future in futures:
        future.result()
    counts = load_dump(dump, warehouse)
    give_back()
    total.update(counts)
    progress(Path(dump.files[0].path).name, counts["n_read"])


def _context(folder: Path, settings: Settings) -> StageContext:
    data = json.loads((folder / "context.json").read_text(encoding="utf-8"))
    sources = Sources.read(settings.warehouse / "sources.yml")
    received_at = datetime.fromisoformat(data["received_at"])
    return StageContext(data["run_id"], received_at, data["files"], sources, read_boilerplate(settings))


def _write(table: pa.Table, path: Path, grouped_by: str | None = None) -> None:
    """Writes a staging file; `grouped_by` names the column of which each row group holds one value, in order."""
    with pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1) as writer:
        for group in _groups(table, grouped_by) if grouped_by else (table,):
            writer.write_table(group)


def _groups(table: pa.Table, column: str) -> Iterator[pa.Table]:
    ordered = table.take(pc.sort_indices(table, [(column, "ascending")]))  # stable, so rows keep the order of the stage
    runs = pc.run_end_encode(ordered[column].combine_chunks())
    start = 0
    for end in runs.run_ends.to_pylist():
        yield ordered.slice(start, end - start)
        start = end
