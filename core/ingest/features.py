"""Mappings proposed for a sheet whose roles are decided: columns with bounds, in the file's own unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.data.categories import public_categories
from core.data.labels import choose_label
from core.data.table import Column, Transform
from core.ingest.amounts import conversion
from core.ingest.answers import Answers
from core.ingest.column_rules import UNKNOWN_MONEY
from core.ingest.columns import (
    MANWON,
    find_category,
    find_rule,
    find_unit,
    guess_figure_unit,
    names_bounds,
    propose_column,
)
from core.ingest.currencies import WON, find_currency, is_money, per_manwon
from core.ingest.dialect import COMMA, Dialects, decide_dialects
from core.ingest.kinds import find_income
from core.ingest.layout import Roles
from core.ingest.mapping import Feature, LongMapping, WideMapping
from core.ingest.profile import Profile, Shape
from core.ingest.reading import Question
from core.limits import COLUMNS_MAX

#: For figures whose names say nothing: so wide that it clips hardly anybody, on a logarithmic scale.
UNKNOWN_UPPER = 1_000_000.0
#: Part of a wide file's column below 0 from which its minus is taken for spending.
NEGATED = 0.9
MISCELLANEOUS = "miscellaneous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    """What becomes of the spellings of a column of categories.

    Attributes:
        features: One a spelling that is used; public groups that nobody bought from are among them by their label.
        not_spending: Spellings of income and transfers.
        groups: Key of the column that each used spelling becomes.
        is_public: Whether the columns are the public groups.
        unknown: Spellings that mean no public group and go to the miscellaneous one.
        left_out: Spellings beyond the limit.
        questions: What the user is asked.
    """

    features: tuple[Feature, ...]
    not_spending: tuple[str, ...] = ()
    groups: Mapping[str, str]
    is_public: bool
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def decide_units(
    profiles: Sequence[Profile], *, separator: str | None, answers: Answers, noted: str = ""
) -> tuple[Dialects, str | None]:
    """Decide the decimal marks of a sheet and the currency that its columns share where none of them names one.

    What a line above the header noted goes before what the columns have in common.
    """
    figures = [profile for profile in profiles if profile.shape is Shape.NUMBER]
    shared = noted or _find_shared_currency(profiles)
    dialects = decide_dialects(
        {profile.header: profile.marks for profile in figures},
        units={p.header: guess_figure_unit(p.header, p.currency or None, likely=shared) for p in figures},
        separator=separator,
        answer=answers.get("decimal"),
    )
    # Where commas divide, dollars are a poor guess.
    return dialects, shared or ("" if dialects.decimal == COMMA else None)


def _find_shared_currency(profiles: Sequence[Profile]) -> str | None:
    """Return the currency that a column of currencies, or the amounts' own cells, have in common."""
    columns = {find_currency(p.sample[0]) for p in profiles if p.shape is Shape.TEXT and len(p.sample) == 1}
    named = {profile.currency for profile in profiles} | columns
    named |= {unit for profile in profiles if (unit := find_currency(find_unit(profile.header)))}
    found = {unit for unit in named if is_money(unit)}
    return found.pop() if len(found) == 1 else None


def propose_feature(
    profile: Profile, *, dialects: Dialects, currency: str | None, months: int, answers: Answers
) -> tuple[Feature, str]:
    """Propose what a column of figures becomes, and say where its bounds come from."""
    header, own = profile.header, profile.currency or None
    column, why = _propose(header, own=own, likely=currency, months=months)
    file_unit = column.unit if column.unit not in WON else guess_figure_unit(header, own, likely=currency)
    given = answers.bounds(header)
    if given is not None:
        column, why = _with_bounds(column, given, file_unit), "bounds_given"
    decimal = dialects.of_column.get(header, ".")
    negated = profile.negative_share >= NEGATED and answers.get("sign") != "positive_is_spending"
    return Feature(header=header, column=column, unit=file_unit, decimal=decimal, negated=negated), why


def _propose(header: str, *, own: str | None, likely: str | None, months: int) -> tuple[Column, str]:
    """Propose a column; a name that says nothing leaves its figures what they are, between very wide bounds."""
    column = propose_column(header, months=months, unit=own, likely=likely)
    if names_bounds(header) or own:
        return column, "bounds_named"
    return replace(column, lower=0.0, upper=UNKNOWN_UPPER, transform=Transform.LOG1P), "bounds_unknown"


def _with_bounds(column: Column, bounds: tuple[float, float], unit: str) -> Column:
    """Return a column with bounds given in the file's unit; below 0 there is no logarithm."""
    factor = conversion(unit, column.unit)
    lower, upper = bounds[0] * factor, bounds[1] * factor
    transform = column.transform if lower >= 0 else Transform.IDENTITY
    return replace(column, lower=lower, upper=upper, transform=transform)


def make_unique(features: Sequence[Feature]) -> tuple[Feature, ...]:
    """Give a second column of one category its own key, and of one name its own label: both stay, told apart."""
    taken: set[str] = set()
    said: set[frozenset[tuple[str, str]]] = set()
    unique: list[Feature] = []
    for feature in features:
        column = feature.column
        if column.key in taken:
            column = replace(column, key=feature.header)
        if frozenset(column.labels.items()) in said:
            column = replace(column, labels=dict.fromkeys(column.labels, feature.header))
        taken.add(column.key)
        said.add(frozenset(column.labels.items()))
        unique.append(replace(feature, column=column))
    return tuple(unique)


def map_wide(
    features: Sequence[Feature], *, roles: Roles, products: Sequence[str], sums_repeats: bool, answers: Answers
) -> WideMapping:
    """Make the mapping of a wide sheet."""
    repeats = answers.get("repeats")
    return WideMapping(
        features=make_unique(features),
        person=roles.person,
        products=tuple(products),
        sums_repeats=repeats == "sum" if repeats else sums_repeats,
        leaves_out_totals=answers.get("totals") != "keep",
    )


def group_categories(
    spelled: Sequence[str], *, unit: str, months: int, answers: Answers, only_own: bool = False
) -> Categories:
    """Decide into which columns spellings go: in the order of their names, never of how often they occur.

    If most spellings mean a public group, all public groups are columns, and what means none goes to the miscellaneous
    one; else each spelling is a column, and ``only_own`` says that this is so.
    """
    income = find_income(spelled) if answers.get("kinds") != "all" and not only_own else ()
    spending = sorted(spelling for spelling in spelled if spelling not in income)
    keys = {spelling: answers.get(f"group:{spelling}") or find_category(spelling) for spelling in spending}
    known = sum(key is not None for key in keys.values())
    chosen = "own" if only_own else answers.get("categories")
    is_public = chosen == "public" if chosen in {"public", "own"} else known * 2 >= max(len(keys), 1)
    if is_public:
        groups = {spelling: key or MISCELLANEOUS for spelling, key in keys.items()}
        return Categories(
            features=_public_features(groups, unit=unit, months=months, answers=answers),
            not_spending=income,
            groups=groups,
            is_public=True,
            unknown=tuple(spelling for spelling, key in keys.items() if key is None),
        )
    wanted = [spelling for spelling in spending if answers.uses(spelling) is not False]
    over = tuple(wanted[COLUMNS_MAX:])
    question = Question(
        key="categories", reason="too_many_categories", proposed="own", choices=("own", "public", "none"), columns=over
    )
    wanted = wanted[:COLUMNS_MAX]
    return Categories(
        features=tuple(_own_feature(spelling, unit=unit, months=months, answers=answers) for spelling in wanted),
        not_spending=income,
        groups=dict.fromkeys(wanted, ""),
        is_public=False,
        left_out=over,
        questions=(question,) if over else (),
    )


def _own_feature(spelling: str, *, unit: str, months: int, answers: Answers) -> Feature:
    column = _propose_money(spelling, unit=unit, months=months)
    given = answers.bounds(spelling)
    column = _with_bounds(column, given, unit) if given is not None else column
    return Feature(header=spelling, column=column, unit=unit)


def _propose_money(name: str, *, unit: str, months: int) -> Column:
    """Propose a column of amounts: whatever their category is called, they are money in the amounts' unit."""
    rule = find_rule(name)
    if rule is None or rule.unit is not None:
        rule = UNKNOWN_MONEY
    column_unit = MANWON if unit in WON else unit
    covered = months if rule.months == 1 else 1
    return Column(
        key=name,
        labels=propose_column(name).labels,
        unit=column_unit,
        lower=0.0,
        upper=rule.upper * covered * per_manwon(column_unit),
        transform=Transform.LOG1P,
    )


def _public_features(groups: Mapping[str, str], *, unit: str, months: int, answers: Answers) -> tuple[Feature, ...]:
    features: list[Feature] = []
    for group in public_categories():
        name = choose_label(group.column.labels, "ko")
        spellings = [spelling for spelling, key in groups.items() if key == group.column.key]
        proposed = _propose_money(name, unit=unit, months=months)
        column = replace(proposed, key=group.column.key, labels=group.column.labels)
        given = next((bounds for spelling in spellings if (bounds := answers.bounds(spelling)) is not None), None)
        column = _with_bounds(column, given, unit) if given is not None else column
        features += [Feature(header=spelling, column=column, unit=unit) for spelling in spellings or [name]]
    return tuple(features)


def map_long(
    categories: Categories,
    *,
    roles: Roles,
    unit: str,
    decimal: str,
    negative: bool,
    not_spending: Sequence[str],
    answers: Answers,
) -> LongMapping:
    """Make the mapping of a long sheet."""
    kinds = roles.kinds if answers.get("kinds") != "all" else None
    return LongMapping(
        features=categories.features,
        person=roles.person or "",
        category=roles.category,
        amount=roles.amount or "",
        unit=unit,
        date=roles.date,
        is_public=categories.is_public,
        quantity=roles.quantity,
        decimal=decimal,
        negative_is_spending=negative,
        kind=kinds.header if kinds else None,
        not_spending=(*not_spending, *categories.not_spending),
        leaves_out_totals=answers.get("totals") != "keep",
    )
