"""How the page would read a file, from the shell: ``python -m core.ingest FILE [--json] [--answer KEY=VALUE …]``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from core.ingest import answers as answers_module
from core.ingest.answers import AnswerError, Answers
from core.ingest.child import tell_in_child
from core.ingest.problems import LoadError
from core.ingest.reading import ColumnReading, Reading, Verdict
from core.ingest.upload import refuse

EXIT_CODES = {Verdict.READ: 0, Verdict.REFUSE: 2, Verdict.ASK: 3}
LEFT_OUT_SHOWN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Read one file and print how; return the shell's exit code."""
    options = _make_parser().parse_args(arguments)
    reading = _read(options.file, options.answer)
    if options.json:
        print(json.dumps(reading.to_dict(), ensure_ascii=False, indent=1))  # noqa: T201 - what it is for
    else:
        print(describe(reading))  # noqa: T201
    return EXIT_CODES[reading.verdict]


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m core.ingest",
        description="Read a file of people's spending as the page would, and say how it was read.",
        epilog=f"{answers_module.__doc__}\nExit codes: 0 read, 3 a question is open, 2 refused.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, Excel or Parquet, whatever its name")
    parser.add_argument("--json", action="store_true", help="print JSON; its names are a contract")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help="an answer, as listed below; may be repeated"
    )
    return parser


def _read(path: Path, pairs: Sequence[str]) -> Reading:
    try:
        answers = Answers.from_pairs(pairs)
        with path.open("rb") as file:
            return tell_in_child(file, name=path.name, answers=answers)
    except AnswerError as error:
        return Reading(verdict=Verdict.REFUSE, reason="answer", blanks={"answer": str(error)})
    except OSError as error:
        return Reading(verdict=Verdict.REFUSE, reason="no_file", blanks={"file": str(error.strerror or error)})
    except LoadError as error:
        return refuse(error)


def describe(reading: Reading) -> str:
    """Say how a file was read, for people."""
    lines = [f"verdict    {reading.verdict}{f' ({reading.reason})' if reading.reason else ''}"]
    lines += [f"           {name}: {value}" for name, value in reading.blanks.items()]
    told = {
        "sheet": reading.sheet,
        "others": ", ".join(reading.other_sheets),
        "header": f"line {reading.header_line}" if reading.header_line else "",
        "encoding": reading.encoding,
        "separator": repr(reading.separator) if reading.separator else "",
        "decimal": repr(reading.decimal),
        "layout": reading.layout,
        "person": reading.person,
        "category": reading.category,
        "amount": reading.amount,
        "sign": reading.sign,
        "months": str(reading.months),
        "people": "" if reading.nonprivate_people is None else f"{reading.nonprivate_people:,}",
    }
    lines += [f"{name:<10} {value}" for name, value in told.items() if value]
    lines += ["", *map(_describe_column, reading.columns)] if reading.columns else []
    if reading.nonprivate_left_out_total:
        lines += ["", f"{reading.nonprivate_left_out_total:,} rows left out"]
        lines += [
            f"  line {row.line}: {row.reason} {row.value}" for row in reading.nonprivate_left_out[:LEFT_OUT_SHOWN]
        ]
    for question in reading.questions:
        choices = f" ({' | '.join(question.choices)})" if question.choices else ""
        about = f" {', '.join(question.columns)}" if question.columns else ""
        lines += ["", f"asked: {question.reason}{about}", f'  --answer "{question.key}={question.proposed}"{choices}']
    return "\n".join(lines)


def _describe_column(column: ColumnReading) -> str:
    used = "used" if column.used else "not used"
    text = f"  {column.name}: {used}, {column.why}"
    if column.lower is not None and column.upper is not None:
        text += f", {column.lower:,g} to {column.upper:,g} {column.unit}".rstrip()
        text += f", {column.nonprivate_clipped_share or 0.0:.0%} outside"
    if column.nonprivate_sum is not None:
        text += f", sum {column.nonprivate_sum:,.2f} {column.unit}".rstrip()
    return text


if __name__ == "__main__":
    sys.exit(main())
