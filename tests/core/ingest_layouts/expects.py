"""What is expected of a layout, from the columns as they were invented."""

from itertools import combinations

from tests.core.ingest_layouts.expectation import Expected

READ = ("read",)
ASK = ("ask",)
#: Where a careful reader could not be sure.
OPEN = ("read", "ask")


def _figures(cells):
    return [cell for cell in cells if isinstance(cell, int | float)]


def _add_up(cells, rows):
    return sum(_figures(cells[row] for row in rows))


def _without_gaps(columns, headers):
    kept = range(len(columns[headers[0]]))
    return [row for row in kept if all(isinstance(columns[header][row], int | float) for header in headers)]


def _subsets(headers):
    return [some for n in range(1, len(headers) + 1) for some in combinations(headers, n)]


def _as_tuple(word):
    return (word,) if isinstance(word, str) else tuple(word)


def wide(person, *headers, verdict=READ, gaps=(), **more):
    """A row a person; ``headers`` are columns with their sums. ``person`` is "" where nothing names the rows.

    Rows with a gap under one of ``gaps`` may be left out as a whole.
    """

    def expect(columns):
        named = _as_tuple(person)
        first = next((columns[header] for header in named if header in columns), next(iter(columns.values())))
        rows = [range(len(first)), *(_without_gaps(columns, some) for some in _subsets(gaps))]
        return Expected(
            verdict=verdict,
            layout="wide",
            person=tuple(header for header in named if header),
            n_people=tuple(len({first[row] if any(named) else row for row in kept}) for kept in rows),
            sums={header: tuple(_add_up(columns[header], kept) for kept in rows) for header in headers},
            **more,
        )

    return expect


def long(person, category, amount, *, verdict=READ, sign=1, where=None, amounts=None, counted=True, **more):
    """A row a purchase, with one total a category.

    Args:
        person: The header, or those that could be.
        category: The header; None for one total a person.
        amount: The header.
        sign: -1 where spending is negative.
        where: The header and the cells of what is spending, if not all is.
        counted: Whether it is sure how many people there are.
        amounts: What an amount is, as a function of the columns; of ``amount`` if not given.
    """

    def expect(columns):
        named = _as_tuple(person)
        rows = [place for place, cell in enumerate(columns[where[0]]) if cell in where[1]] if where else None
        rows = range(len(columns[named[0]])) if rows is None else rows
        figures = amounts(columns) if amounts else columns[amount]
        sums = {}
        for place in rows:
            name = columns[category][place] if category else amount
            if isinstance(figures[place], int | float) and columns[named[0]][place] != "":
                sums[name] = sums.get(name, 0) + sign * figures[place]
        return Expected(
            verdict=verdict,
            layout="long",
            person=named,
            category=(category,),
            amount=amount,
            n_people=len({columns[named[0]][place] for place in rows} - {""}) if counted else None,
            sums=sums,
            sign="negative_is_spending" if sign < 0 else None,
            **more,
        )

    return expect


def totals(person, *amounts, verdict=OPEN, **more):
    """A row a purchase, where only what everything adds up to is sure: any of ``amounts``, functions of the columns."""

    def expect(columns):
        named = _as_tuple(person)
        return Expected(
            verdict=verdict,
            layout="long",
            person=named,
            n_people=len(set(columns[named[0]]) - {""}),
            total=tuple(sum(_figures(amount(columns))) for amount in amounts),
            **more,
        )

    return expect


def one_person(**more):
    """An export of one account."""
    return lambda _: Expected(verdict=("refuse", "ask"), reason=("one_person",), **more)


def no_person(**more):
    """Rows are places, dates or products."""
    return lambda _: Expected(verdict=("refuse", "ask"), reason=("no_person",), **more)


def nobody_to_group(**more):
    """No people to group, whatever is said of why: one account, or no people at all."""
    return lambda _: Expected(verdict=("refuse", "ask"), reason=("one_person", "no_person"), **more)


def stopped(*reasons, verdict=("refuse", "ask"), **more):
    """Anything but a reading."""
    return lambda _: Expected(verdict=verdict, reason=reasons, **more)
