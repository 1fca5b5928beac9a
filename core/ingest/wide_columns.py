"""Which columns of a wide file are used, and why the others are not: ids, dates, codes, totals, words."""

import re
from collections.abc import Sequence

from core.ingest.answers import Answers
from core.ingest.columns import find_rule, find_unit, names_bounds
from core.ingest.features import NEGATED
from core.ingest.profile import Profile, Shape
from core.ingest.roles import means_spending
from core.ingest.words import CODE, DATE_OF_PERSON, ROW_NUMBER, TOTAL_NAME, YEAR, Who, find_who, fold
from core.limits import COLUMNS_MAX

_COORDINATE = re.compile(r"\b(lat|latitude|lon|lng|longitude)\b|위도|경도")
#: A column with more gaps than this would leave out more people than it tells apart.
GAPS_MAX = 0.3
#: With fewer other columns of spending a total is the spending itself.
PARTS_LEAST = 2
#: Part of a column below 0 from which it is more than a slip: of a balance or a profit one cannot say what it clips.
MIXED_FROM = 0.05
#: Whole figures of as many digits, all of one length, are keys if hardly any comes twice, and enough to tell.
DIGITS_OF_KEY, REPEATS_OF_KEY, ROWS_TO_TELL = 6, 0.02, 20
#: As many are a telephone number or the like, whatever the name sounds like.
DIGITS_OF_NUMBER = 10
#: Longer cells are sentences.
WORD_CHARACTERS = 40


def explain_columns(
    profiles: Sequence[Profile], *, person: str | None, products: Sequence[str], answers: Answers
) -> dict[str, str]:
    """Say of every column why it is used or not, by header; reasons of used ones begin with ``use``.

    At most ``COLUMNS_MAX`` columns are used; those beyond are ``over_limit`` unless the user asked for them.
    """
    whys = {profile.header: _explain(profile, profiles, person=person, products=products) for profile in profiles}
    if not any(why.startswith("use") for why in whys.values()):
        # Everybody is equal in all that there is: that is what the comparison will say of them.
        whys = {header: "use_figure" if why == "constant" else why for header, why in whys.items()}
    n_used = sum(answers.uses(header) is True for header in whys)
    for profile in profiles:
        header = profile.header
        wanted = answers.uses(header)
        if wanted is not None:
            whys[header] = "use_chosen" if wanted and profile.shape is Shape.NUMBER else "chosen_out"
        elif whys[header].startswith("use"):
            n_used += 1
            if n_used > COLUMNS_MAX:
                whys[header] = "over_limit"
    return whys


def _explain(profile: Profile, profiles: Sequence[Profile], *, person: str | None, products: Sequence[str]) -> str:
    if profile.header == person:
        return "person"
    if profile.header in products:
        return "products"
    return _explain_shape(profile) or _explain_figures(profile, profiles)


def _explain_shape(profile: Profile) -> str:
    """Say why a column that holds no figures is not used; nothing if it does."""
    if profile.shape is Shape.EMPTY:
        return "empty"
    if profile.shape is Shape.DATE:
        return "date"
    if profile.shape is Shape.TEXT:
        if find_who(profile.header) is not None:
            return "identifier"
        return "free_text" if any(len(cell) > WORD_CHARACTERS for cell in profile.sample) else "text"
    return ""


def _explain_figures(profile: Profile, profiles: Sequence[Profile]) -> str:
    """Say why a column of figures is used, or the first reason why not."""
    plain = fold(profile.header)
    who = find_who(profile.header)
    reasons = {
        "row_number": profile.counts_rows
        and (plain in ROW_NUMBER or profile.header.startswith("#") or who is not None),
        "identifier": who in (Who.PERSON, Who.NOBODY, Who.BARE) and profile.is_whole,
        "year": (YEAR.search(plain) is not None and profile.are_years) or DATE_OF_PERSON.search(plain) is not None,
        "code": CODE.search(plain) is not None and (profile.is_whole or _COORDINATE.search(plain) is not None),
        "constant": profile.is_constant,
        "flag": profile.is_flag,
        "total": _is_total(plain) and _count_parts(profile, profiles) >= PARTS_LEAST,
        "mixed_signs": MIXED_FROM < profile.negative_share < NEGATED,
        "gaps": profile.n_filled < (1 - GAPS_MAX) * profile.sheet.n_rows,
    }
    reason = next((reason for reason, holds in reasons.items() if holds), "") or _explain_unnamed(profile)
    return reason or ("use_spending" if means_spending(profile) else "use_figure")


def _explain_unnamed(profile: Profile) -> str:
    """Say why figures whose name tells nothing are rather keys of something than an amount."""
    if not profile.is_whole or profile.currency or find_unit(profile.header):
        return ""
    least = DIGITS_OF_NUMBER if names_bounds(profile.header) else DIGITS_OF_KEY
    if least == DIGITS_OF_KEY and profile.counts_rows and profile.sheet.n_rows >= ROWS_TO_TELL:
        return "row_number"
    figures = [cell for cell in profile.sample if re.search(r"\d", cell)]
    alike = len({len(cell) for cell in figures}) == 1 and len(figures[0]) >= least
    return "code" if alike and len(figures) >= ROWS_TO_TELL and profile.repeats <= REPEATS_OF_KEY else ""


def _count_parts(profile: Profile, profiles: Sequence[Profile]) -> int:
    return sum(_may_be_part(other) for other in profiles if other is not profile)


def _is_total(plain: str) -> bool:
    return plain in TOTAL_NAME


def _may_be_part(profile: Profile) -> bool:
    """Tell whether a column may be part of a total: figures that are no ages, counts, keys, or totals themselves."""
    if profile.shape is not Shape.NUMBER or find_who(profile.header) is not None:
        return False
    rule = find_rule(profile.header)
    return not _is_total(fold(profile.header)) and (rule is None or rule.unit is None)
