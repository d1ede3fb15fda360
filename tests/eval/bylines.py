"""Measures byline splitting on 120 labelled author lines of SaudiNewsNet: ``python -m tests.eval.bylines``.

`bylines.tsv` names each line by day and index in the shared data; the labels are splits checked and corrected by eye.
"""

import csv
import json
import zipfile
from pathlib import Path

from pipeline.parsers.bylines import split_byline
from tests.eval.encoding import SHARED, bench


def main() -> None:
    names = bench().SOURCES | {"alyaum": "اليوم"}
    days = {}
    for path in sorted((SHARED / "data" / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            days[path.stem[-10:]] = json.loads(archive.read(archive.namelist()[0]).decode("utf-8-sig"))
    counts = {field: [0, 0, 0] for field in ("authors", "agency", "place")}  # right, said, labelled
    with Path(__file__).with_name("bylines.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            article = days[row["day"]][int(row["index"])]
            found = split_byline(article["author"], [names.get(article["source"], article["source"])])
            said = {"authors": ";".join(found.authors), "agency": found.agency or "", "place": found.place or ""}
            for field, count in counts.items():
                count[0] += bool(said[field]) and said[field] == row[field]
                count[1] += bool(said[field])
                count[2] += bool(row[field])
                if said[field] != row[field]:
                    print(f"{row['day']} {row['index']} {field}: {said[field]!r}, labelled {row[field]!r}")
    for field, (right, said_n, labelled) in counts.items():
        print(f"{field:<8} precision {right / said_n:.3f} ({said_n})  recall {right / labelled:.3f} ({labelled})")


if __name__ == "__main__":
    main()
