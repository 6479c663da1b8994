"""Measures the reader against its budgets, in one run, and prints the table.

    python -m tests.bench [--sizes 380,5000] [--runs 5] [--only WORD] [--keep FOLDER] [--json FILE]

Times are medians. Ratios are against what Textual itself takes in the same run, so that they
hold on another machine. The real texts are those of the folder `CHINAI_CORPUS`, where it is set.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench import (
    anchoring,
    browsing,
    company,
    exporting,
    finding,
    keeping,
    noting,
    reading,
    recognising,
    remarking,
    searching,
    start,
)
from tests.bench.row import Bench, Row

Case = Callable[[Bench, list[int]], Iterator[Row]]
CASES: dict[str, Case] = {
    "start": start.rows,
    "read": reading.rows,
    "jump": finding.jump_rows,
    "search": searching.rows,
    "company": company.rows,
    "recognise": recognising.rows,
    "remark": remarking.rows,
    "notes": browsing.rows,
    "anchor": anchoring.rows,
    "import": keeping.import_rows,
    "mail": keeping.mail_rows,
    "bookmark": keeping.bookmark_rows,
    "note": noting.rows,
    "export": exporting.rows,
}


def main() -> None:
    """Run the cases and print a line for each row as it comes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="380,5000", help="issues in the libraries")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=sorted(CASES), help="one group of rows")
    parser.add_argument("--keep", type=Path, help="a folder for the libraries, kept")
    parser.add_argument("--json", type=Path, default=Path("bench.json"))
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    corpus = os.environ.get("CHINAI_CORPUS")
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, options.runs, Path(corpus) if corpus else None)
        print(f"{'what':<58} {'measured':>10} {'budget':>10}")
        for name, case in CASES.items():
            if options.only in (None, name):
                for row in case(bench, sizes):
                    found.append(row)
                    print(line(row), flush=True)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(machine)
    rows = [{**asdict(row), "kept": row.kept} for row in found]
    options.json.write_text(json.dumps({"machine": machine, "rows": rows}, indent=2) + "\n")


def line(row: Row) -> str:
    """A row as a line of the table."""
    verdict = "" if row.kept else "  over" if row.unit != "/s" else "  under"
    sign = "≥" if row.unit == "/s" else "≤"
    measured, budget = f"{row.measured:.2f} {row.unit}", f"{sign} {row.budget:g} {row.unit}"
    return f"{row.what:<58} {measured:>10} {budget:>10}{verdict}  {row.detail}"


if __name__ == "__main__":
    main()
