"""Files damaged at random, read one after the other: ``python -m tests.core.ingest.fuzzing SEED FORMAT FIRST``.

Runs in a process of its own, as files are read on the server: a reader's native code may take it down, which is no
fault. It prints the number of each file before it reads it, and whatever came out that should not have.
"""

import io
import json
import os
import random
import sys
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.ingest import wire
from core.ingest.answers import Answers
from core.ingest.catalogue_file import catalogue_template
from core.ingest.child_limits import Limits
from core.ingest.child_reader import work
from tests.core.ingest.files import excel
from tests.core.ingest.old_excel import write_old_excel

FORMATS = ("csv", "xlsx", "xls", "parquet", "html", "catalogue", "finlife")
MUTATIONS = 2_000
#: To tell what a sheet means takes ten times as long as to read it: only of every so many is it told.
TOLD_EVERY = 12
#: Seconds of the processor and bytes for a whole run.
LIMITS = Limits(memory_bytes=1 << 30, seconds=240.0)
#: What readers take for lengths, counts and marks.
NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
PIECES = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b'""', b",", b";", b"\t", b"'", b"=", b"1e999", b"-"),
    *(b"9" * 400, b"\xed\xa0\x80", "합계".encode(), "가".encode("cp949"), b"NaN", b"inf", b"2147-02-31", b"(1.234,56)"),
    *(b"<td rowspan=9>", b"</table>", b"<!--", b"<table>", b"&#1114112;", b"{", b"[", b"]}", b'\\ud800"', b"null"),
    *(b' r="XFD9"', b"<v>", b"</c>", b' t="s"', b'count="99999999"', b"&a;", b"sep=;\n", b"\xc2\xa0", b"%", b"|"),
)
ROWS = [["id", "식비", "rent", "date"], *([f"c{n}", 1000.5 * n, n * n, f"2026-0{n % 9 + 1}-01"] for n in range(12))]


def write_corpus():
    """Return whole files by format."""
    frame = pd.DataFrame(ROWS[1:], columns=ROWS[0])
    text = frame.to_csv(index=False)
    long = "고객,분류,금액\n" + "".join(f'고객{n % 5},{"식비" if n % 2 else "교통비"},"{n},000원"\n' for n in range(20))
    western = "Kunde;Bäder;Café\nMüller;1.234,50 €;2\nJäger;5;-6,1\n"
    return {
        "csv": [text.encode(), text.replace(",", ";").encode("utf-16"), long.encode("cp949"), western.encode("cp1252")],
        "xlsx": [excel(frame), excel(frame.astype(str), startrow=2)],
        "xls": [write_old_excel(ROWS)],
        "parquet": [_parquet(frame, compression) for compression in ("snappy", "none")],
        "html": [frame.to_html().encode(), frame.to_html(index=False).encode("cp949")],
        "catalogue": [catalogue_template()],
        "finlife": [json.dumps(_answer(), ensure_ascii=escaped).encode() for escaped in (True, False)],
    }


def _parquet(frame, compression):
    odd = {
        "when": pa.array(np.arange(len(frame)), pa.timestamp("us", "Asia/Seoul")),
        "list": [[n] for n in range(len(frame))],
        "kind": pa.array(["식비", "rent"] * (len(frame) // 2)).dictionary_encode(),
        "count": pa.array(np.arange(len(frame)), pa.uint64()),
    }
    table = pa.Table.from_pandas(frame, preserve_index=False)
    for name, column in odd.items():
        table = table.append_column(name, pa.array(column) if isinstance(column, list) else column)
    file = io.BytesIO()
    pq.write_table(table, file, compression=compression)
    return file.getvalue()


def _answer():
    product = {
        "fin_co_no": "1",
        "fin_prdt_cd": "a",
        "fin_prdt_nm": "정기예금",
        "join_deny": "1",
        "dcls_month": "202605",
    }
    option = {"fin_co_no": "1", "fin_prdt_cd": "a", "save_trm": "12", "intr_rate": 3.5, "intr_rate2": None}
    pages = {"prdt_div": "D", "total_count": 1, "max_page_no": "1", "now_page_no": 1, "err_cd": "000"}
    return {"result": {**pages, "baseList": [product, {**product, "fin_prdt_cd": "b"}], "optionList": [option] * 3}}


def mutate(whole, chance):
    """Return a damaged copy of one of the files ``whole``."""
    content = chance.choice(whole)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _mutate_part(content, chance)
    return _mutate_bytes(content, chance)


def _mutate_part(content, chance):
    """Damage one part of an archive, and pack it whole again."""
    file = io.BytesIO()
    parts = zipfile.ZipFile(io.BytesIO(content))
    damaged = chance.choice(parts.namelist())
    with zipfile.ZipFile(file, "w") as changed:
        for name in parts.namelist():
            changed.writestr(name, _mutate_bytes(parts.read(name), chance) if name == damaged else parts.read(name))
    return file.getvalue()


def _mutate_bytes(content, chance):
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, length = chance.randrange(len(changed) + 1), chance.randrange(1, 65)
        match chance.randrange(7):
            case 0:
                changed[at : at + 1] = chance.randbytes(1)
            case 1:
                changed[at : at + 4] = chance.choice(NUMBERS).to_bytes(4, chance.choice(("little", "big")))
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length] * chance.randrange(1, 9)
            case 4:
                changed[at:at] = chance.choice(PIECES)
            case 5:
                other = chance.randrange(len(changed) + 1)
                changed[at : at + length] = changed[other : other + length]
            case _:
                del changed[chance.randrange(len(changed) + 1) if chance.random() < 0.1 else at + length * 4 :]
    return bytes(changed)


def _read(kind, content, *, tells):
    if kind == "catalogue":
        return work("catalogue", [content], [])
    if kind == "finlife":
        return work("finlife", [content], [])
    if tells:
        return work("upload", [content], [f"a.{kind}", Answers()])
    return work("sheet", [content], [f"a.{kind}"])


def run(corpus, seed, first_kind, first_number):
    """Read all damaged files from one on; each has its own chance, so that any can be made again."""
    for kind in FORMATS[FORMATS.index(first_kind) :]:
        for number in range(first_number if kind == first_kind else 0, MUTATIONS):
            print(kind, number, flush=True)  # noqa: T201 - what the test reads
            content = mutate(corpus[kind], random.Random(f"{seed}-{kind}-{number}"))  # noqa: S311 - no secret
            outcome, *what = _read(kind, content, tells=number % TOLD_EVERY == 0)
            wire.send((outcome, *what), io.BytesIO())
            if outcome not in {"made", "load_error", "catalogue_error"}:
                print("fault", kind, number, *what, flush=True)  # noqa: T201
    print("end", flush=True)  # noqa: T201


if __name__ == "__main__":
    whole_files = write_corpus()
    # From here on no file is written, and what readers say of a panic is of no use.
    LIMITS.impose()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    run(whole_files, sys.argv[1], sys.argv[2], int(sys.argv[3]))
