"""From a file to what is shown: neighbouring files go in at the top, and what comes out tells them apart by ε at most.

The attacker knows every row but one, the whole program, and sees every released value of one visit.
"""

import json

import numpy as np
import pytest

from core.attack.audit import collect_outputs, epsilon_lower_bound
from core.clustering.engines import ENGINES, SYNOPSIS
from core.clustering.kmeans import nonprivate_clustering
from core.data.catalogue import load_catalogue
from core.ingest import load, propose_wide, read_sheet
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import nonprivate_group_counts, release_product_table

CERTAIN = 0.999
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


def _shown(release, products, place, rare):
    """Return what an attacker reads out of everything released: centres, weights, cells, counts, the first product."""
    clustering = release.cluster(3)
    counts = products.for_clusters(clustering)
    nearest = int(((clustering.centers - place) ** 2).sum(axis=1).argmin())
    distances = np.abs(release.cells.points - place).max(axis=1)
    return np.array(
        [
            release.noisy_people,
            clustering.weights.sum(),
            clustering.weights[nearest],
            *(np.sort(clustering.centers @ place)),
            release.cells.weights @ np.exp(-4 * distances) if len(distances) else 0.0,
            products.noisy_counts.sum(),
            products.noisy_counts[:, rare].sum(),
            counts.counts[nearest, rare],
            float(counts.counts[nearest].argmax() == rare),
            len(json.dumps(products.noisy_counts.tolist())),
        ]
    )


def _visit(table, engine, place, rare, rng):
    release = engine.release(table.points(), n_clusters=3, epsilon=CLUSTERING, rng=rng)
    products = release_product_table(
        table.holdings,
        table.points(),
        grouping=Grouping.from_release(release, n_clusters=3),
        epsilon=PRODUCTS,
        rng=rng,
    )
    return _shown(release, products, place, rare)


def _neighbours(case):
    without, with_one = _table(CROWD), _table([*CROWD, ONE_MORE[case]])
    assert with_one.n_people == without.n_people + 1
    held = with_one.holdings.held[-1]
    rare = int(held[held >= 0][-1]) if (held >= 0).any() else 0
    return without, with_one, with_one.points()[-1].astype(float), rare


@pytest.mark.slow
@pytest.mark.parametrize("engine", list(ENGINES.values()))
@pytest.mark.parametrize("case", ONE_MORE)
def test_everything_one_visit_releases_is_within_the_sum_of_its_charges(rng, engine, case):
    without, with_one, place, rare = _neighbours(case)

    outputs = [
        collect_outputs(lambda t=t: _visit(t, engine, place, rare, rng), n_runs=500) for t in (without, with_one)
    ]

    assert epsilon_lower_bound(*outputs, confidence=CERTAIN).epsilon <= CLUSTERING + PRODUCTS


@pytest.mark.parametrize("case", ["one outlier with a product nobody else has", "one more of the crowd"])
def test_the_same_look_at_exact_results_tells_the_files_apart_at_once(case):
    """The audit above can fail: exact groups and exact counts of holders give the person away."""
    without, with_one, place, rare = _neighbours(case)

    def exact(table):
        clustering = nonprivate_clustering(table.points(), n_clusters=3)
        counts = nonprivate_group_counts(table.holdings, clustering.assign(table.points()), clustering)
        return np.array([clustering.weights.sum(), counts.counts[:, rare].sum(), *np.sort(clustering.centers @ place)])

    outputs = [np.tile(exact(table), (500, 1)) for table in (without, with_one)]

    assert epsilon_lower_bound(*outputs, confidence=CERTAIN).epsilon > 2 * (CLUSTERING + PRODUCTS)


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
