"""From a file to what is shown: neighbouring files go in at the top, and what comes out tells them apart by ε at most.

The attacker knows every row but one, the whole program, and sees every released value of one visit.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from core.attack.transcript import largest_losses, record, replay
from core.clustering.engines import ENGINES, SYNOPSIS
from core.clustering.types import Release
from core.data.catalogue import load_catalogue
from core.ingest import load, propose_wide, read_sheet
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import ProductTable, release_product_table

CLUSTERING, PRODUCTS = 1.0, 0.5
HEADER = "id,food (10k won),transport (10k won),health (10k won),products\n"
CROWD = [f"p{n},{30 + n % 7},{10 + n % 5},{5 + n % 3},card-dining\n" for n in range(60)]
#: Who is in one file and not in the other.
ONE_MORE = {
    "one outlier with a product nobody else has": "x,100,100,100,deposit-senior\n",
    "values far outside the bounds": "x,999999999,0,999999999,card-baby|card-fuel|deposit-senior\n",
    "one more of the crowd": "x,33,12,6,card-dining\n",
}


def _table(rows):
    content = (HEADER + "".join(rows)).encode()
    sheet = read_sheet(content, name="people.csv")
    return load(sheet, propose_wide(sheet)).table


@dataclass(frozen=True)
class Visit:
    """What one visit releases: groups, and products by them."""

    release: Release
    products: ProductTable

    @property
    def charges(self):
        return self.release.charges + self.products.charges

    def to_json(self):
        return self.release.to_json() + self.products.to_json()


def _visit(table, engine):
    def run(rng):
        release = engine.release(table.points(), n_clusters=3, epsilon=CLUSTERING, rng=rng)
        products = release_product_table(
            table.holdings,
            table.points(),
            grouping=Grouping.from_release(release, n_clusters=3),
            epsilon=PRODUCTS,
            rng=rng,
        )
        return Visit(release, products)

    return run


@pytest.mark.parametrize("engine", list(ENGINES.values()))
@pytest.mark.parametrize("case", ONE_MORE)
def test_everything_one_visit_releases_is_the_same_for_a_neighbouring_file_and_told_no_more_than_its_charges(
    rng, engine, case
):
    without, with_one = _table(CROWD), _table([*CROWD, ONE_MORE[case]])
    assert with_one.n_people == without.n_people + 1

    for runs in ((without, with_one), (with_one, without)):
        first_run, second_run = (_visit(table, engine) for table in runs)
        for _ in range(5):
            first = record(first_run, noise=rng)
            second = replay(second_run, first)

            assert second.shown == first.shown
            assert first.is_charged
            # Whatever would have been answered.
            assert sum(largest_losses(first, second)) <= CLUSTERING + PRODUCTS


def test_a_name_in_the_file_reaches_no_release():
    """Names of people are no input of any mechanism: renaming everybody changes nothing under the same noise."""
    renamed = [row.replace("p", "somebody-", 1) for row in CROWD]
    releases = [
        SYNOPSIS.release(table.points(), n_clusters=3, epsilon=1.0, rng=np.random.default_rng(7))
        for table in (_table(CROWD), _table(renamed))
    ]

    assert releases[0].to_json() == releases[1].to_json()


def test_the_order_of_the_rows_reaches_no_release():
    tables = _table(CROWD), _table(CROWD[::-1])
    releases = [
        SYNOPSIS.release(table.points(), n_clusters=3, epsilon=1.0, rng=np.random.default_rng(7)) for table in tables
    ]
    tables_of_products = [
        release_product_table(
            table.holdings,
            table.points(),
            grouping=Grouping.from_release(release, n_clusters=3),
            epsilon=0.5,
            rng=np.random.default_rng(8),
        )
        for table, release in zip(tables, releases, strict=True)
    ]

    assert releases[0].to_json() == releases[1].to_json()
    assert tables_of_products[0].to_json() == tables_of_products[1].to_json()
    assert set(tables_of_products[0].products) == {product.id for product in load_catalogue().products}
