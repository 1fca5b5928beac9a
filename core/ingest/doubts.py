"""What is asked once the people are there: bounds that clip most, rows that cannot be read, people who come twice."""

import re
from collections.abc import Mapping, Sequence

from core.ingest.draft import Draft
from core.ingest.load import Loaded
from core.ingest.mapping import Feature, LongMapping, WideMapping
from core.ingest.problems import RejectionReason
from core.ingest.reading import ColumnReading, Question
from core.ingest.signs import NEGATIVE, POSITIVE

#: Part of the people beyond a bound from which a warning stands in the way.
CLIPPED_MOST = 0.5
#: Part of the rows with a minus, in a wide file, from which they are asked about.
NEGATIVE_MOST = 0.02
#: Part of the rows left out for what cannot be read from which that is asked about.
UNREAD_MOST = 0.1
#: Why a column is used, or not, that the user spoke of.
CHOSEN = {"use_chosen", "chosen_out"}
#: What ``clean_header`` calls a column without a name.
NAMELESS = re.compile(r"#\d+")
_UNREAD = (RejectionReason.NOT_A_NUMBER, RejectionReason.OTHER_UNIT, RejectionReason.FORMULA, RejectionReason.RAGGED)
_MISSING = (RejectionReason.MISSING, RejectionReason.MISSING_PERSON, RejectionReason.MISSING_CATEGORY)
MISSING_MOST = 0.5


def ask_marks(draft: Draft, headers: Sequence[str]) -> list[Question]:
    """Ask for the decimal mark if it is only supposed in a column that matters."""
    unsure = tuple(header for header in headers if header in draft.dialects.ambiguous)
    if not unsure:
        return []
    proposed = draft.dialects.of_column[unsure[0]]
    return [Question(key="decimal", reason="ambiguous_decimal", proposed=proposed, choices=(".", ","), columns=unsure)]


def ask_after_loading(
    draft: Draft, mapping: WideMapping | LongMapping, loaded: Loaded, columns: Sequence[ColumnReading]
) -> list[Question]:
    """Ask about what only loading shows."""
    return [
        *(_ask_repeats(draft, mapping, loaded) if isinstance(mapping, WideMapping) else []),
        *_ask_left_out(draft, loaded),
        *_ask_bounds(columns),
    ]


def ask_signs(features: Sequence[Feature], whys: Mapping[str, str]) -> list[Question]:
    """Ask about columns of a wide file in which figures are below 0."""
    negated = tuple(feature.header for feature in features if feature.negated)
    choices = (POSITIVE, NEGATIVE)
    asked = (
        [Question(key="sign", reason="sign", proposed=NEGATIVE, choices=choices, columns=negated)] if negated else []
    )
    mixed = [header for header, why in whys.items() if why == "mixed_signs"]
    return asked + [
        Question(key=f"use:{header}", reason="mixed_signs", proposed="no", choices=("no", "yes"), columns=(header,))
        for header in mixed
    ]


def ask_nameless(whys: Mapping[str, str]) -> list[Question]:
    """Ask about figures under no name: where rows have more cells than names, commas within figures part them, too."""
    return [
        Question(key=f"use:{header}", reason="nameless", proposed="no", choices=("no", "yes"), columns=(header,))
        for header, why in whys.items()
        if NAMELESS.fullmatch(header) and why.startswith("use") and why not in CHOSEN
    ]


def ask_over_limit(whys: Mapping[str, str]) -> list[Question]:
    """Ask once which columns are used if there are too many; whoever chose one has seen them all."""
    over = tuple(header for header, why in whys.items() if why == "over_limit")
    if not over or not CHOSEN.isdisjoint(whys.values()):
        return []
    return [Question(key=f"use:{over[0]}", reason="too_many_columns", proposed="no", columns=over)]


def _ask_repeats(draft: Draft, mapping: WideMapping, loaded: Loaded) -> list[Question]:
    repeated = loaded.rejections.counts.get(RejectionReason.DUPLICATE_PERSON, 0)
    person = draft.profile(mapping.person)
    if not repeated and not (mapping.sums_repeats and person is not None and person.repeats):
        return []
    proposed = "sum" if mapping.sums_repeats else "first"
    return [Question(key="repeats", reason="repeated_people", proposed=proposed, choices=("sum", "first"))]


def _ask_left_out(draft: Draft, loaded: Loaded) -> list[Question]:
    """Ask where more rows than a few are left out for what stands in them."""
    counts, n_rows = loaded.rejections.counts, draft.sheet.n_rows + draft.sheet.n_ragged
    questions = []
    if sum(counts.get(reason, 0) for reason in _UNREAD) > UNREAD_MOST * n_rows:
        questions.append(Question(key="rows", reason="unread_rows", proposed="leave_out", choices=("leave_out",)))
    elif sum(counts.get(reason, 0) for reason in _MISSING) > MISSING_MOST * n_rows:
        questions.append(Question(key="rows", reason="missing_rows", proposed="leave_out", choices=("leave_out",)))
    if counts.get(RejectionReason.NEGATIVE, 0) > NEGATIVE_MOST * n_rows:
        columns = tuple({row.column for row in loaded.rejections.examples if row.column})
        questions.append(
            Question(key="rows", reason="negative_rows", proposed="leave_out", choices=("leave_out",), columns=columns)
        )
    return questions


def _ask_bounds(columns: Sequence[ColumnReading]) -> list[Question]:
    clipped = tuple(column.name for column in columns if (column.nonprivate_clipped_share or 0.0) > CLIPPED_MOST)
    if not clipped:
        return []
    return [Question(key="bounds", reason="bounds", proposed="accept", choices=("accept",), columns=clipped)]
