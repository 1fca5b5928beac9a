"""The receipt says what was promised and paid, and nothing exact."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from core.clustering.engines import SYNOPSIS
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.synopsis.release import release_synopsis
from core.data.generate import Recipe, generate
from core.data.table import Column
from core.privacy.accounting import BudgetCheck
from core.privacy.ledger import Ledger
from core.privacy.mechanisms import Mechanism, charges_from_list, charges_to_list
from core.privacy.private_quantiles import candidate_bounds, release_bounds
from core.reduction.directions import release_projection
from core.reduction.projection import ReductionMethod
from core.release.receipt import NotCovered, Receipt, SeedPolicy
from core.release.store import ReleaseStore

NOON = datetime(2026, 5, 28, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=200))


def test_an_empty_ledger_gives_a_receipt_that_promises_all_and_paid_nothing(table):
    receipt = Receipt.of(Ledger(cap=10.0), columns=table.columns)

    assert (receipt.spent, receipt.remaining, receipt.lines) == (0.0, 10.0, ())
    assert NotCovered.KNOWN_NOISE not in receipt.not_covered
    told = json.loads(json.dumps(receipt.to_dict(), allow_nan=False))
    assert told["guarantee"] == {
        "epsilon": 0.0,
        "delta": 0.0,
        "adjacency": "add_or_remove_one_person",
        "unit": "one_person_one_row",
    }
    assert len(told["columns"]) == 12


def test_a_column_is_written_with_a_label_in_every_language_and_always_in_two():
    column = Column(key="food", labels={"eo": "Nutraĵo", "en": "Food"}, unit="", lower=0.0, upper=1.0)

    (told,) = Receipt.of(Ledger(cap=10.0), columns=[column]).to_dict()["columns"]

    assert {name: text for name, text in told.items() if name.startswith("label")} == {
        "label_ko": "Food",
        "label_en": "Food",
        "label_eo": "Nutraĵo",
    }


def test_practice_data_says_that_its_noise_is_known(table):
    receipt = Receipt.of(Ledger(cap=None), columns=table.columns)

    assert (receipt.cap, receipt.remaining, receipt.seed_policy) == (None, None, SeedPolicy.PUBLIC)
    assert NotCovered.KNOWN_NOISE in receipt.not_covered
    json.dumps(receipt.to_dict(), allow_nan=False)


def test_a_release_is_told_with_time_choices_charges_and_laws(table, rng):
    releases = ReleaseStore(Ledger(cap=10.0))
    points = table.points()
    releases.get_or_release(
        "release", 1.0, key=f"{table.content_key}|secret", when=NOON, engine=SYNOPSIS, n_clusters=8,
        draw=lambda: release_synopsis(points, epsilon=1.0, rng=rng),
    )  # fmt: skip

    told = Receipt.of(releases.ledger, columns=table.columns).to_dict()

    (line,) = told["releases"]
    assert line["when"] == "2026-05-28T12:00:00+00:00"
    assert line["parameters"] == {"engine": "synopsis", "n_clusters": 8}
    assert line["charges"][0] == {
        "name": "people",
        "epsilon": releases.ledger.entries[0].charges[0].epsilon,
        "noise": "two_sided_geometric",
    }
    assert line["verdict"] == BudgetCheck.AGREES
    assert "real_number_sampling" in told["not_covered"]


def test_no_fingerprint_of_the_data_is_on_the_receipt(table, rng):
    releases = ReleaseStore(Ledger(cap=10.0))
    releases.get_or_release(
        "release", 1.0, key=table.content_key, draw=lambda: release_synopsis(table.points(), epsilon=1.0, rng=rng)
    )

    assert table.content_key not in json.dumps(Receipt.of(releases.ledger, columns=table.columns).to_dict())


def test_an_entry_that_was_not_settled_is_open(table):
    ledger = Ledger(cap=10.0)
    ledger.charge("release", 1.0)

    (line,) = Receipt.of(ledger, columns=table.columns).lines

    assert (line.verdict, line.composed, line.charges) == (BudgetCheck.OPEN, None, ())


def test_every_charge_of_a_release_names_the_mechanism_it_was_drawn_by(rng):
    points = rng.uniform(-1, 1, (3_000, 6))
    column = generate(Recipe(n_people=30)).columns[0]
    releases = [
        *(
            release_synopsis(rng.uniform(-1, 1, shape), epsilon=1.0, rng=rng)
            for shape in [(500, 2), (40, 6), (3_000, 6), (60_000, 6), (200, 16), (150, 9), (10, 9)]
        ),
        release_lloyd(points[:50], n_clusters=3, epsilon=1.0, rng=rng, is_private=False),
        release_projection(points, method=ReductionMethod.PCA, n_dimensions=2, epsilon=1.0, rng=rng),
        release_projection(points, method=ReductionMethod.SVD, n_dimensions=2, epsilon=1.0, rng=rng),
        release_bounds(points[:, 0], grid=candidate_bounds(column), epsilon=1.0, rng=rng),
    ]

    geometric = Mechanism.TWO_SIDED_GEOMETRIC
    assert {(charge.name, charge.mechanism) for release in releases for charge in release.charges} == {
        ("people", geometric),
        ("histogram", geometric),
        ("counts", geometric),
        ("sums", geometric),
        ("mean", Mechanism.CYLINDER),
        ("second mean", Mechanism.CYLINDER),
        ("first step", Mechanism.CYLINDER),
        ("last step", Mechanism.CYLINDER),
        ("covariance", Mechanism.TWO_SIDED_WISHART),
        ("moment", Mechanism.TWO_SIDED_WISHART),
        ("radius", Mechanism.PERMUTE_AND_FLIP),
        ("bounds", Mechanism.PERMUTE_AND_FLIP),
    }


def test_charges_come_back_from_json_and_an_unknown_mechanism_does_not(rng):
    charges = release_synopsis(rng.uniform(-1, 1, (500, 2)), epsilon=1.0, rng=rng).charges

    assert charges_from_list(json.loads(json.dumps(charges_to_list(charges)))) == charges
    with pytest.raises(ValueError, match="magic"):
        charges_from_list([["people", 1.0, "magic"]])


def test_choices_that_json_does_not_know_become_text(table):
    ledger = Ledger(cap=1.0)
    ledger.charge("release", 0.5, where=np.float64(0.5), who=(1, 2), none=None, yes=True)

    (line,) = Receipt.of(ledger, columns=table.columns).to_dict()["releases"]

    assert line["parameters"] == {"where": 0.5, "who": "(1, 2)", "none": None, "yes": True}
    json.dumps(line, allow_nan=False)


def test_a_release_keeps_the_bounds_it_was_made_within_whatever_they_become(table):
    ledger = Ledger(cap=1.0)
    ledger.charge("release", 0.5, columns=table.columns[:2], n_clusters=4)
    ledger.charge("release", 0.25)

    first, second = Receipt.of(ledger, columns=table.columns[2:]).to_dict()["releases"]

    assert [column["key"] for column in first["columns"]] == [column.key for column in table.columns[:2]]
    assert (first["columns"][0]["upper"], first["parameters"]) == (table.columns[0].upper, {"n_clusters": 4})
    assert second["columns"] is None
