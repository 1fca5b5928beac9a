"""The pair of rates on a card, chosen by hand from the options of each service."""

import pytest

from core.ingest.finlife_rates import Offer, Service, read_offer


@pytest.mark.parametrize(
    ("service", "base", "options", "offer"),
    [
        # The best of those over twelve months, although a longer term pays more.
        (
            Service.DEPOSIT,
            {},
            [
                {"save_trm": "12", "intr_rate": 2.0, "intr_rate2": 3.0},
                {"save_trm": "12", "intr_rate": 1.0, "intr_rate2": 3.5},
                {"save_trm": "24", "intr_rate": 4.0, "intr_rate2": 5.0},
            ],
            Offer(base_rate=1.0, best_rate=3.5, term_months=12),
        ),
        (
            Service.SAVINGS,
            {},
            [{"save_trm": "6", "intr_rate": 2.0, "intr_rate2": None}],
            Offer(base_rate=2.0, best_rate=2.0, term_months=6),
        ),
        (
            Service.PENSION,
            {"guar_rate": "1.5", "dcls_rate": "2.5"},
            [{"paym_prd": "240"}, {"paym_prd": "120"}],
            Offer(base_rate=1.5, best_rate=2.5, term_months=120),
        ),
        # Of loans the cheapest option, its highest rate first.
        (
            Service.MORTGAGE,
            {},
            [{"lend_rate_min": 3.9, "lend_rate_max": 4.2}, {"lend_rate_min": 3.5, "lend_rate_max": 6.0}],
            Offer(base_rate=6.0, best_rate=3.5),
        ),
        # Bands of 0 or null are not offered; averages and other rates than lending ones do not count.
        (
            Service.CREDIT,
            {},
            [
                {"crdt_lend_rate_type": "A", "crdt_grad_1": 5.1, "crdt_grad_4": 0, "crdt_grad_avg": 1.0},
                {"crdt_lend_rate_type": "B", "crdt_grad_1": 0.5},
                {"crdt_grad_5": "9.9", "crdt_grad_6": None},
            ],
            Offer(base_rate=9.9, best_rate=5.1),
        ),
    ],
)
def test_the_offer_is_the_one_picked_by_hand(service, base, options, offer):
    assert read_offer(service, base, options) == (offer, [])


@pytest.mark.parametrize("service", list(Service))
def test_without_options_nothing_is_offered(service):
    assert read_offer(service, {}, []) == (Offer(), [])


def test_a_rate_in_prose_is_handed_back_by_its_field():
    offer, unread = read_offer(Service.RENT, {}, [{"lend_rate_min": "은행 문의", "lend_rate_max": 4.0}])

    assert offer == Offer(base_rate=4.0, best_rate=4.0)
    assert unread == [("lend_rate_min", "은행 문의")]
