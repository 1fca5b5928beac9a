"""What is kept of a charge is its price: a place for anything else would be a place for people's data."""

from dataclasses import fields

from core.privacy.ledger_store import KeptCharge, LedgerState


def test_nothing_is_kept_of_a_charge_but_its_kind_its_price_and_its_time():
    assert {each.name for each in fields(KeptCharge)} == {"submission", "what", "epsilon", "loss", "when"}
    assert {each.name for each in fields(LedgerState)} == {"cap", "charges"}
