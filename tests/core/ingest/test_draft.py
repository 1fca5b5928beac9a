from core.ingest import Answers
from core.ingest.draft import Draft
from core.ingest.features import decide_units
from core.ingest.layout import decide_roles
from core.ingest.profile import profile_sheet
from tests.core.ingest.readings import repeat, sheet_of


def test_a_draft_begins_a_reading_with_what_is_known():
    sheet = sheet_of("customer,date,units,price", *repeat("c{j},{date},2,{k}"))
    profiles = profile_sheet(sheet)
    dialects, currency = decide_units(profiles, separator=",", answers=Answers())
    roles = decide_roles(profiles, Answers())
    draft = Draft(
        sheet=sheet, answers=Answers(), profiles=profiles, roles=roles, dialects=dialects, currency=currency, months=12
    )

    assert draft.begin().amount == "units × price"
    assert draft.profile("price") is profiles[3]
    assert draft.profile("nothing") is None
