"""A reading on its way: what was found out of a sheet so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.ingest.answers import TIMES, Answers
from core.ingest.dialect import Dialects
from core.ingest.layout import Roles
from core.ingest.profile import Profile
from core.ingest.reading import Reading, Verdict
from core.ingest.sheet import RawSheet


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was found out of a sheet.

    Attributes:
        sheet: The sheet.
        answers: What the user said.
        profiles: Its columns.
        roles: Which of them is what.
        dialects: Their decimal marks.
        currency: Unit of money where neither name nor cells tell it; None: the likely one of the name's language.
        months: Months that amounts are taken to cover.
    """

    sheet: RawSheet
    answers: Answers
    profiles: Sequence[Profile]
    roles: Roles
    dialects: Dialects
    currency: str | None
    months: int

    def profile(self, header: str | None) -> Profile | None:
        """Return the column of a name; None if there is none."""
        return next((profile for profile in self.profiles if profile.header == header), None)

    def begin(self) -> Reading:
        """Return a reading of what is known whatever becomes of the cells."""
        sheet, roles = self.sheet, self.roles
        return Reading(
            verdict=Verdict.READ,
            sheet=sheet.sheet,
            header_line=sheet.header_line,
            encoding=sheet.encoding,
            separator=sheet.separator,
            decimal=self.dialects.decimal,
            layout=str(roles.layout) if roles.layout else None,
            person=roles.person,
            category=roles.category,
            amount=f"{roles.quantity}{TIMES}{roles.amount}" if roles.quantity else roles.amount,
            months=self.months,
        )
