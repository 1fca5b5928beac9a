"""How the cells of a column are invented, and how amounts are spelled."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

Cell = object
Spelling = Callable[[object], object]


@dataclass(frozen=True)
class Sketch:
    """A table while it is invented: its number of rows, its seed, the columns so far."""

    rng: np.random.Generator
    n: int
    columns: dict[str, list] = field(default_factory=dict)


Recipe = Callable[[Sketch], list]


def each(form, *, start=1):
    """One of a kind a row."""
    return lambda sketch: [form.format(start + row) for row in range(sketch.n)]


def counted(*, start=1, step=1):
    """Whole numbers, one a row."""
    return lambda sketch: [start + step * row for row in range(sketch.n)]


def people(form, n=40, *, start=1):
    """``n`` people, each at least once, in no order."""

    def invent(sketch):
        drawn = np.concatenate([np.arange(n), sketch.rng.integers(0, n, sketch.n - n)])
        return [form.format(start + int(who)) for who in sketch.rng.permutation(drawn)]

    return invent


def of(header, table):
    """What belongs to the cell of another column: a place in ``table`` by its spelling, always the same."""

    def invent(sketch):
        known = {}
        return [known.setdefault(cell, table[len(known) % len(table)]) for cell in sketch.columns[header]]

    return invent


def money(low, high, *, step=1.0):
    """Amounts between ``low`` and ``high`` in steps."""

    def invent(sketch):
        drawn = sketch.rng.integers(round(low / step), round(high / step) + 1, sketch.n)
        return [round(float(steps) * step, 6) if step % 1 else int(steps * step) for steps in drawn]

    return invent


def pick(*cells):
    """One of ``cells``, by chance."""
    return lambda sketch: [cells[place] for place in sketch.rng.integers(0, len(cells), sketch.n)]


def cycle(*cells):
    """``cells`` in turn."""
    return lambda sketch: [cells[row % len(cells)] for row in range(sketch.n)]


def always(cell=""):
    """The same in every row."""
    return lambda sketch: [cell] * sketch.n


def days(form=None, *, first=date(2024, 1, 2), span=80, each=False):
    """Days after ``first``, in order, or ``each`` day once; spelled by ``form``, or dates."""

    def invent(sketch):
        drawn = range(sketch.n) if each else sorted(sketch.rng.integers(0, span, sketch.n))
        found = [first + timedelta(days=int(day)) for day in drawn]
        return [day.strftime(form) for day in found] if form else found

    return invent


def some(recipe, *, share=0.15, blank=""):
    """What ``recipe`` invents, with a share of cells missing."""

    def invent(sketch):
        cells = recipe(sketch)
        draws = sketch.rng.random(sketch.n)
        return [blank if draw < share else cell for cell, draw in zip(cells, draws, strict=True)]

    return invent


def made(function, *headers):
    """A function of cells of other columns."""
    return lambda sketch: [function(*cells) for cells in _rows(sketch, headers)]


def _rows(sketch, headers):
    return zip(*(sketch.columns[header] for header in headers), strict=True)


def running(header, start):
    """A balance that follows the amounts of another column."""
    return lambda sketch: [round(start + float(total), 2) for total in np.cumsum(sketch.columns[header])]


def spelled(*, mark=".", group=",", digits=2, before="", after="", minus="-{}", scale=1.0):
    """Spell amounts in one dialect."""

    def spell(cell):
        if not isinstance(cell, int | float):
            return cell
        text = f"{abs(cell) * scale:,.{digits}f}".translate({ord(","): group, ord("."): mark})
        text = f"{before}{text}{after}"
        return minus.format(text) if cell < 0 else text

    return spell


THOUSANDS = spelled(digits=0)
CENTS = spelled()
PLAIN = spelled(group="")
GERMAN = spelled(mark=",", group=".")
GERMAN_WHOLE = spelled(mark=",", group=".", digits=0)
COMMA_ONLY = spelled(mark=",", group="")
WON = spelled(digits=0, before="₩")
