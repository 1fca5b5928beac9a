"""From the cells of a sheet and the user's answers to a reading: what is what, and what has to be asked."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.ingest.answers import Answers
from core.ingest.columns import guess_money_unit
from core.ingest.described import describe_long, describe_unused, describe_wide
from core.ingest.doubts import ask_after_loading, ask_marks, ask_nameless, ask_over_limit, ask_signs
from core.ingest.draft import Draft
from core.ingest.features import (
    Categories,
    decide_units,
    group_categories,
    map_long,
    map_wide,
    propose_feature,
)
from core.ingest.layout import REPEATED, Roles, decide_roles
from core.ingest.load import Loaded, load
from core.ingest.mapping import Feature, Layout, LongMapping, WideMapping
from core.ingest.problems import LoadError
from core.ingest.profile import Profile, profile_sheet
from core.ingest.propose import MONTHS_DEFAULT, find_products
from core.ingest.reading import ColumnReading, LeftOut, Question, Reading, Verdict
from core.ingest.sheet import RawSheet
from core.ingest.signs import NEGATIVE, POSITIVE, find_sign
from core.ingest.total_rows import find_totals
from core.ingest.wide_columns import explain_columns


def interpret(sheet: RawSheet, answers: Answers, *, noted: str = "") -> Reading:
    """Read what a sheet means.

    Args:
        sheet: The cells below a header.
        answers: What the user said; all else is proposed.
        noted: Unit of money that a line above the header gives for all figures; empty if none does.

    Returns:
        The reading; its verdict is refuse where there is nobody in the sheet.

    Raises:
        AnswerError: If an answer names a column that is not there.
    """
    profiles = profile_sheet(sheet)
    dialects, currency = decide_units(profiles, separator=sheet.separator, answers=answers, noted=noted)
    roles = decide_roles(profiles, answers)
    draft = Draft(
        sheet=_encode_roles(sheet, profiles, roles),
        answers=answers,
        profiles=profiles,
        roles=roles,
        dialects=dialects,
        currency=currency,
        months=answers.number("months") or MONTHS_DEFAULT,
    )
    if draft.roles.refusal:
        return _settle(_refuse(draft, draft.roles.refusal), answers)
    try:
        reading = _read_wide(draft) if draft.roles.layout is Layout.WIDE else _read_long(draft)
    except LoadError as problem:
        reading = _refuse(draft, str(problem.problem), blanks=dict(problem.blanks))
    return _settle(reading, answers)


def _encode_roles(sheet: RawSheet, profiles: Sequence[Profile], roles: Roles) -> RawSheet:
    """Return the sheet with each spelling once in the columns that are looked through again and again."""
    wanted = {roles.person, roles.category, roles.kinds.header if roles.kinds else None}
    for profile in profiles:
        if profile.header in wanted:
            sheet = sheet.with_text(profile.header, profile.texts)
    return sheet


def _settle(reading: Reading, answers: Answers) -> Reading:
    """Take what was answered off the questions, and let the others decide the verdict."""
    asked = tuple(question for question in reading.questions if answers.get(question.key) is None)
    if reading.verdict is Verdict.REFUSE:
        return replace(reading, questions=asked)
    if not asked:
        return replace(reading, verdict=Verdict.READ, reason="", questions=())
    return replace(reading, verdict=Verdict.ASK, reason=asked[0].reason, questions=asked)


def _refuse(draft: Draft, reason: str, *, blanks: dict[str, object] | None = None) -> Reading:
    return replace(
        draft.begin(),
        verdict=Verdict.REFUSE,
        reason=reason,
        blanks=blanks or {},
        columns=tuple(describe_unused(draft, profile, "refused") for profile in draft.profiles),
        questions=tuple(ask_marks(draft, [profile.header for profile in draft.profiles])),
    )


def _read_wide(draft: Draft) -> Reading:
    roles = draft.roles
    products = find_products(draft.sheet, person=roles.person)
    whys = explain_columns(draft.profiles, person=roles.person, products=products, answers=draft.answers)
    features = _propose_features(draft, whys)
    if not features:
        return _refuse(draft, "no_numbers", blanks={"columns": len(draft.sheet.header)})
    person = draft.profile(roles.person)
    sums = person is not None and person.repeats >= REPEATED
    mapping = map_wide(features, roles=roles, products=products, sums_repeats=sums, answers=draft.answers)
    loaded = load(draft.sheet, mapping)
    columns = describe_wide(draft, mapping, loaded, whys)
    marks = ask_marks(draft, [feature.header for feature in features])
    more = ask_after_loading(draft, mapping, loaded, columns)
    signs = ask_signs(features, whys)
    unsure = [*ask_nameless(whys), *ask_over_limit(whys)]
    return _finish(draft, mapping, loaded, columns, [*roles.doubts, *marks, *signs, *unsure, *more])


def _propose_features(draft: Draft, whys: dict[str, str]) -> list[Feature]:
    """Propose the columns that are used; note in ``whys`` whose name says nothing of its values."""
    features: list[Feature] = []
    for profile in draft.profiles:
        if whys[profile.header].startswith("use"):
            feature, bounds = propose_feature(
                profile, dialects=draft.dialects, currency=draft.currency, months=draft.months, answers=draft.answers
            )
            features.append(feature)
            if whys[profile.header] == "use_figure" and bounds == "bounds_unknown":
                whys[profile.header] = "use_unknown"
    return features


def _read_long(draft: Draft) -> Reading:
    roles, answers = draft.roles, draft.answers
    amount = draft.profile(roles.amount)
    if roles.person is None or amount is None:
        return _refuse(draft, "no_person" if roles.person is None else "no_numbers")
    unit = guess_money_unit(amount.header, amount.currency or None, likely=draft.currency)
    decimal = draft.dialects.of_column.get(amount.header, ".")
    categories = _group(draft, unit)
    sign = find_sign(
        draft.sheet, roles, amount, decimal=decimal, unit=unit, answers=answers, income=categories.not_spending
    )
    mapping = map_long(
        categories,
        roles=roles,
        unit=unit,
        decimal=decimal,
        negative=sign.negative_is_spending,
        not_spending=sign.not_spending,
        answers=answers,
    )
    loaded = load(draft.sheet, mapping)
    columns = describe_long(draft, mapping, loaded, categories)
    questions = [
        *roles.doubts,
        *ask_marks(draft, [header for header in (amount.header, roles.quantity) if header]),
        *sign.questions,
        *categories.questions,
        *ask_after_loading(draft, mapping, loaded, columns),
    ]
    reading = _finish(draft, mapping, loaded, columns, questions)
    return replace(reading, sign=NEGATIVE if sign.negative_is_spending else POSITIVE)


def _group(draft: Draft, unit: str) -> Categories:
    """Decide into which columns the spellings of the categories go; without any, all goes into one."""
    header, answers = draft.roles.category, draft.answers
    if header is None:
        name = draft.begin().amount or ""
        return group_categories([name], unit=unit, months=draft.months, answers=answers, only_own=True)
    texts = draft.sheet.text(header)
    codes = np.unique(texts.indices.fill_null(-1).to_numpy()[~find_totals(draft.sheet, header)])
    spelled = [texts.dictionary[int(code)].as_py() for code in codes if code >= 0]
    return group_categories(spelled, unit=unit, months=draft.months, answers=answers)


def _finish(
    draft: Draft,
    mapping: WideMapping | LongMapping,
    loaded: Loaded,
    columns: Sequence[ColumnReading],
    questions: Sequence[Question],
) -> Reading:
    rejections = loaded.rejections
    return replace(
        draft.begin(),
        columns=tuple(columns),
        questions=tuple(questions),
        mapping=mapping,
        nonprivate_people=loaded.table.n_people,
        nonprivate_left_out=tuple(
            LeftOut(line=row.line, reason=str(row.reason), value=row.value) for row in rejections.examples
        ),
        nonprivate_left_out_total=rejections.total,
    )
