"""How people stand in a sheet, and who they are: one row each, one row a transaction, or nobody at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.ingest.answers import TIMES, AnswerError, Answers
from core.ingest.columns import find_category
from core.ingest.currencies import find_currency
from core.ingest.kinds import Kinds, find_kinds
from core.ingest.mapping import Layout
from core.ingest.nobody import find_refusal
from core.ingest.profile import Profile, Shape
from core.ingest.reading import Question
from core.ingest.roles import (
    ACCOUNT_WORTH,
    DEBIT_WORTH,
    KNOWN_WHO,
    PRICE_WORTH,
    Candidate,
    Candidates,
    find_candidates,
    means_spending,
)
from core.ingest.words import (
    STATEMENT,
    Who,
    find_who,
    fold,
)

#: Part of the rows that must name somebody named before, for one row to be one transaction.
REPEATED = 0.1
#: With fewer different accounts they may all be one person's.
ACCOUNTS_LEAST = 5
#: Fewer people than this are more likely the members of one family, or one account's cards.
PEOPLE_FEW = 5
_ADDRESS = re.compile(r"e ?mail|전화번호|휴대폰번호|연락처|이메일|phone( number)?|mobile( number)?")
#: As many columns that only statements of accounts have make a file one.
OF_STATEMENT = 2
#: Currencies that a column of them may name.
CURRENCIES_MAX = 12
#: Spellings of a column without a telling name that make it one of categories.
SPELLINGS_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which column has which role.

    Attributes:
        layout: How people stand in the sheet; None if nobody does.
        person: Column of the people; None: rows are people.
        category: Column of the categories, if any.
        amount: Column of the amounts, if rows are transactions.
        quantity: Column that amounts are multiplied by, if they are prices.
        credit: Column of money that comes in, if any.
        date: Column of the dates, if any.
        kinds: Column that tells spending from income, if any.
        refusal: Why there is nobody: ``"one_person"``, ``"no_person"`` or ``"no_numbers"``; empty if there is somebody.
        doubts: What the user is asked.
    """

    layout: Layout | None
    person: str | None = None
    category: str | None = None
    amount: str | None = None
    quantity: str | None = None
    credit: str | None = None
    date: str | None = None
    kinds: Kinds | None = None
    refusal: str = ""
    doubts: tuple[Question, ...] = ()


def decide_roles(profiles: Sequence[Profile], answers: Answers) -> Roles:
    """Decide which column has which role, all roles together.

    Raises:
        AnswerError: If an answer names a column that is not there.
    """
    headers = [profile.header for profile in profiles]
    _check_headers(headers, answers)
    candidates = find_candidates(profiles)
    n_of_statement = sum(bool(STATEMENT.search(fold(p.header))) for p in profiles if p.shape is not Shape.EMPTY)
    person, doubts = _choose_person(candidates, answers, n_of_statement=n_of_statement)
    chosen = next((profile for profile in profiles if profile.header == person), None)
    is_long = _is_long(profiles, candidates, chosen)
    if answers.get("layout"):
        is_long = answers.get("layout") == Layout.LONG
    refusal = "" if answers.get("person") is not None else find_refusal(profiles, candidates, chosen, is_long=is_long)
    if refusal or not is_long:
        layout = None if refusal else Layout.WIDE
        amount = candidates.amounts[0].header if refusal and candidates.amounts else None
        return Roles(
            layout=layout,
            person=None if refusal else person,
            amount=amount,
            category=_name(candidates.categories) if refusal else None,
            date=_name(candidates.dates),
            kinds=find_kinds(profiles) if refusal else None,
            refusal=refusal,
            doubts=tuple(doubts),
        )
    return _decide_long(profiles, candidates, person=person, doubts=doubts, answers=answers)


def _check_headers(headers: list[str], answers: Answers) -> None:
    for role in ("person", "category", "amount"):
        header = answers.get(role)
        if header and any(part not in headers for part in ([header] if header in headers else header.split(TIMES))):
            raise AnswerError(role, header, "a column of the file")


def _choose_person(
    candidates: Candidates, answers: Answers, *, n_of_statement: int
) -> tuple[str | None, list[Question]]:
    """Choose the column of people, with what is doubtful of it."""
    given = answers.get("person")
    if given is not None:
        return given or None, []
    is_event = bool(candidates.dates and (candidates.amounts or candidates.credits))
    is_statement = is_event and n_of_statement >= OF_STATEMENT
    people = [one for one in candidates.people if not (is_statement and _may_be_payee(one))]
    if is_event:
        # What is new in every row numbers the purchases if somebody else comes again.
        again = [one for one in people if one.profile.repeats >= REPEATED and one.worth >= ACCOUNT_WORTH]
        people = again or people
    known = [one for one in people if one.worth >= KNOWN_WHO and not _counts_beside(one, candidates)]
    if known:
        doubtful = is_event and n_of_statement and find_who(known[0].header) is Who.NAME
        return known[0].header, [_ask_person(known[0], candidates)] if doubtful else []
    accounts = [
        one
        for one in people
        if find_who(one.header) is Who.ACCOUNT and one.profile.n_distinct >= ACCOUNTS_LEAST and not _is_of_others(one)
    ]
    if accounts and not n_of_statement and _is_address(accounts[0]):
        return accounts[0].header, []
    keys = [
        one
        for one in people
        if find_who(one.header) is Who.OTHER
        and one.profile.n_distinct >= ACCOUNTS_LEAST
        and not _counts_beside(one, candidates)
    ]
    unsure = accounts or keys
    return (unsure[0].header, [_ask_person(unsure[0], candidates)]) if unsure else (None, [])


def _is_address(one: Candidate) -> bool:
    """Tell whether it is an address or a telephone number: everybody has their own."""
    return _ADDRESS.search(fold(one.header)) is not None


def _may_be_payee(one: Candidate) -> bool:
    """Tell whether a name or an account may as well be that of the other side."""
    if _ADDRESS.fullmatch(fold(one.header)) and one.profile.n_distinct >= ACCOUNTS_LEAST:
        return False
    return find_who(one.header) in (Who.NAME, Who.OTHER, Who.ACCOUNT)


def _ask_person(one: Candidate, candidates: Candidates) -> Question:
    choices = tuple(other.header for other in candidates.people)
    return Question(key="person", reason="person", proposed=one.header, choices=choices, columns=(one.header,))


def _counts_beside(one: Candidate, candidates: Candidates) -> bool:
    """Tell whether a bare number only counts transactions: each row has its own, beside a date and an amount."""
    is_bare = find_who(one.header) in (Who.BARE, Who.OTHER)
    events = bool(candidates.dates) and bool(candidates.amounts)
    return is_bare and one.profile.repeats == 0 and events


def _is_of_others(one: Candidate) -> bool:
    """Tell whether an account is rather that of the other side of a payment."""
    return "iban" in fold(one.header)


def _is_long(profiles: Sequence[Profile], candidates: Candidates, person: Profile | None) -> bool:
    n_spending = sum(means_spending(profile) for profile in profiles)
    if not candidates.amounts:
        figures = [profile for profile in profiles if profile.shape is Shape.NUMBER and profile is not person]
        is_event = bool(candidates.dates or candidates.categories)
        return person is not None and person.repeats >= REPEATED and is_event and len(figures) == 1
    if person is None:
        return bool(candidates.dates or candidates.categories) and n_spending < 2  # noqa: PLR2004 - one may be a name
    if person.repeats >= REPEATED:
        return n_spending < 2 or bool(candidates.categories)  # noqa: PLR2004
    best = [one for one in candidates.amounts if one.worth == candidates.amounts[0].worth]
    named = [one for one in candidates.categories if one.worth > 1]
    words = [profile for profile in profiles if profile.shape is Shape.TEXT and profile is not person]
    is_event = bool(candidates.dates or candidates.quantities or len(words) > 2)  # noqa: PLR2004 - category, and more
    return bool(named) and len(best) == 1 and not n_spending and is_event


def _decide_long(
    profiles: Sequence[Profile],
    candidates: Candidates,
    *,
    person: str | None,
    doubts: list[Question],
    answers: Answers,
) -> Roles:
    amount, quantity, more = _choose_amount(profiles, candidates, person=person, answers=answers)
    more += _ask_currencies(profiles, amount)
    category = answers.get("category")
    if category is None and answers.get("categories") != "none":
        category = _name(candidates.categories) or _find_unnamed_category(profiles, {person, amount})
    chosen = next((profile for profile in profiles if profile.header == person), None)
    if chosen is not None and chosen.n_distinct < PEOPLE_FEW and answers.get("person") is None:
        doubts = [
            *doubts,
            Question(key="person", reason="few_people", proposed=chosen.header, choices=(chosen.header, "")),
        ]
    return Roles(
        layout=Layout.LONG,
        person=person,
        category=category or None,
        amount=amount,
        quantity=quantity,
        credit=_name(candidates.credits),
        date=_name(candidates.dates),
        kinds=find_kinds([profile for profile in profiles if profile.header not in {person, category}]),
        doubts=(*doubts, *more),
    )


def _choose_amount(
    profiles: Sequence[Profile], candidates: Candidates, *, person: str | None, answers: Answers
) -> tuple[str | None, str | None, list[Question]]:
    """Choose the column of amounts, or those of prices and quantities, with what is doubtful of them."""
    given = answers.get("amount")
    if given:
        first, _, second = given.rpartition(TIMES)
        return (
            (second, first, [])
            if first and given not in [profile.header for profile in profiles]
            else (given, None, [])
        )
    found = candidates.amounts
    if not found:
        figure = next(p.header for p in profiles if p.shape is Shape.NUMBER and p.header != person)
        return figure, None, [Question(key="amount", reason="amount", proposed=figure, columns=(figure,))]
    best = found[0]
    if best.worth <= PRICE_WORTH + 1 and candidates.quantities:
        product = f"{candidates.quantities[0].header}{TIMES}{best.header}"
        question = Question(
            key="amount",
            reason="price_times_quantity",
            proposed=product,
            choices=(product, best.header),
            columns=(best.header,),
        )
        return best.header, candidates.quantities[0].header, [question]
    rivals = [one.header for one in found if one.worth == best.worth and one.worth < DEBIT_WORTH]
    if len(rivals) > 1:
        question = Question(
            key="amount", reason="amounts", proposed=rivals[0], choices=tuple(rivals), columns=tuple(rivals)
        )
        return rivals[0], None, [question]
    return best.header, None, []


def _ask_currencies(profiles: Sequence[Profile], amount: str | None) -> list[Question]:
    """Ask about amounts in several currencies: added up they mean nothing."""
    for profile in profiles:
        several = profile.shape is Shape.TEXT and 1 < len(profile.sample) <= CURRENCIES_MAX
        if several and all(find_currency(cell) for cell in profile.sample):
            proposed = amount or ""
            columns = (profile.header,)
            return [
                Question(key="amount", reason="currencies", proposed=proposed, choices=(proposed,), columns=columns)
            ]
    return []


def _find_unnamed_category(profiles: Sequence[Profile], taken: set[str | None]) -> str | None:
    """Return a column whose spellings mean public categories, whatever it is called."""
    for profile in profiles:
        if profile.header in taken or profile.shape is not Shape.TEXT or len(profile.sample) > SPELLINGS_MAX:
            continue
        if 1 < profile.n_distinct <= SPELLINGS_MAX:
            spelled = profile.texts.dictionary.to_pylist()
            if sum(find_category(spelling) is not None for spelling in spelled) * 2 > len(spelled):
                return profile.header
    return None


def _name(candidates: Sequence[Candidate]) -> str | None:
    return candidates[0].header if candidates else None
