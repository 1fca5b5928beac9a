"""Speed and memory of every way to a table: ``python -m benchmarks.data``; each case runs in a process of its own."""

import argparse
import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.figure import RESULTS, write_results
from core.data import Recipe, generate, load_sample
from core.data.categories import public_categories
from core.ingest import load, propose_long, propose_wide, read_sheet


def generated_million() -> Callable[[], object]:
    """1 000 000 people, 12 categories, 4 personas."""
    return lambda: generate(Recipe(n_people=1_000_000))


def real_sample() -> Callable[[], object]:
    """The real sample, 1.47 million transactions."""
    return load_sample


def wide_csv() -> Callable[[], object]:
    """CSV of 100 000 people, 12 columns of plain figures."""
    content = _wide(100_000).to_csv(index=False).encode()
    return lambda: _wide_table(content)


def wide_csv_written_with_care() -> Callable[[], object]:
    """CSV of 100 000 people, 12 columns such as "123,456원", CP949."""
    frame = _wide(100_000)
    for column in frame.columns[1:]:
        frame[column] = (frame[column] * 10_000).round().map("{:,.0f}원".format)
    content = frame.to_csv(index=False).encode("cp949")
    return lambda: _wide_table(content)


def wide_excel() -> Callable[[], object]:
    """Excel of 20 000 people, 12 columns."""
    file = io.BytesIO()
    _wide(20_000).to_excel(file, index=False)
    return lambda: _wide_table(file.getvalue())


def wide_parquet() -> Callable[[], object]:
    """Parquet of 1 000 000 people, 12 columns."""
    file = io.BytesIO()
    _wide(1_000_000).to_parquet(file, index=False)
    return lambda: _wide_table(file.getvalue())


def wide_5000_columns() -> Callable[[], object]:
    """CSV of 1 000 people, 5 000 columns."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.integers(0, 100, (1000, 5000)), columns=[f"c{place}" for place in range(5000)])
    content = frame.to_csv(index=False).encode()
    return lambda: _wide_table(content)


def long_csv() -> Callable[[], object]:
    """CSV of 10 000 000 transactions of 500 000 people."""
    content = _long(10_000_000)
    return lambda: _long_table(content)


CASES = (
    generated_million,
    real_sample,
    wide_csv,
    wide_csv_written_with_care,
    wide_excel,
    wide_parquet,
    wide_5000_columns,
    long_csv,
)


def _wide(n_people: int) -> pd.DataFrame:
    table = generate(Recipe(n_people=n_people))
    frame = pd.DataFrame(table.values.round(1).astype(float).round(1), columns=[c.labels["ko"] for c in table.columns])
    frame.insert(0, "고객번호", [f"P{place:07d}" for place in range(n_people)])
    return frame


def _long(n_rows: int) -> bytes:
    rng = np.random.default_rng(0)
    labels = np.asarray([f"{key[:4]}" for key in ("food", "rent", "taxi", "phone", "travel")])
    frame = pd.DataFrame(
        {
            "id": rng.integers(500_000, size=n_rows),
            "category": labels[rng.integers(labels.size, size=n_rows)],
            "amount": rng.integers(1, 100_000, n_rows),
        }
    )
    return frame.to_csv(index=False).encode()


def _wide_table(content: bytes) -> object:
    sheet = read_sheet(content, name="wide")
    return load(sheet, propose_wide(sheet))


def _long_table(content: bytes) -> object:
    sheet = read_sheet(content, name="long")
    return load(sheet, propose_long(sheet))


def _measure(name: str) -> None:
    run = next(case for case in CASES if case.__name__ == name)()
    public_categories()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"case": name, "seconds": round(seconds, 3), "before_mb": before >> 10, "peak_mb": peak >> 10}))


def main() -> None:
    """Measure every case, print a table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", help="measure one case in this process")
    case_name = parser.parse_args().case
    if case_name:
        _measure(case_name)
        return
    rows = []
    for case in CASES:
        command = [sys.executable, "-m", "benchmarks.data", "--case", case.__name__]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - ourselves
        rows.append(json.loads(output) | {"what": case.__doc__})
        print(f"{rows[-1]['seconds']:>8.2f} s {rows[-1]['peak_mb']:>6} MB at most  {case.__doc__}", flush=True)
    write_results(rows, RESULTS / "data.json")


if __name__ == "__main__":
    main()
