"""The preview: at every position it holds what the page would compute there, and of people's data nothing unbought."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from core.clustering.engines import ENGINES, get_engine
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.types import WeightedPoints
from core.data.generate import Recipe, generate
from core.data.sources import SAMPLE
from core.metrics.agreement import nonprivate_agreement
from core.metrics.comparison import nonprivate_comparison
from core.privacy.noise import secure_rng
from core.privacy.noise_source import NoiseSource
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release
from core.reduction.spec import Reduction, ReleaseSpec
from core.reduction.viewpoint import viewpoint
from core.studies import preview
from core.studies.preview import PreviewOrder, nonprivate_preview

EPSILONS, KS = (0.3, 2.0), (2, 4)
TABLE = generate(Recipe(n_people=400))
SPEC = ReleaseSpec(engine=get_engine("synopsis"), epsilon=2.0, n_clusters=4)


def _order(**how):
    points = TABLE.points()
    asked = {
        "points": points,
        "source": TABLE.source,
        "content_key": TABLE.content_key,
        "spec": SPEC,
        "epsilons": EPSILONS,
        "n_clusters": KS,
        "view": viewpoint(WeightedPoints(points=points.astype(float), weights=np.ones(len(points))), (None, None)),
        "shown": np.arange(0, 400, 4),
    }
    return PreviewOrder(**(asked | how))


def _unpack(order):
    """Return head, numbers of 32 bits, of 16 and of 8, as a browser reads them."""
    packed = gzip.decompress(list(nonprivate_preview(order))[-1].result)
    end = 4 + int.from_bytes(packed[:4], "little")
    head = json.loads(packed[4:end])
    places, ks = sum(head["sizes"]), head["ks"]
    positions = len(head["epsilons"]) * len(ks)
    private = 2 * sum(ks) * len(head["epsilons"])
    floats = places + private + ((2 * sum(ks) + positions) if head["plain"] else 0)
    steps_at, labels_at = end + 4 * floats, end + 4 * floats + 4 * places
    return (
        head,
        np.frombuffer(packed[end:steps_at], "<f4"),
        np.frombuffer(packed[steps_at:labels_at], "<u2"),
        np.frombuffer(packed[labels_at:], "u1"),
    )


def _compare(points, release, k):
    plain = nonprivate_clustering(points, n_clusters=k)
    return nonprivate_comparison(
        points, plain=plain, plain_labels=plain.assign(points), plain_inertia=1.0, private=release.cluster(k)
    )


def test_every_position_holds_what_the_page_computes_there():
    order = _order()
    head, floats, _, labels = _unpack(order)
    agreement = floats[-4:].reshape(2, 2)
    first = sum(head["sizes"])

    for row, epsilon in enumerate(EPSILONS):
        spec = replace(SPEC, epsilon=epsilon)
        noise = NoiseSource(source=TABLE.source, seed=spec.public_seed(TABLE.content_key))
        release = draw_release(order.points, spec, rng=noise.generator())
        for column, k in enumerate(KS):
            found = _compare(order.points, release, k)
            at = first + 2 * (row * sum(KS) + sum(KS[:column]))
            assert agreement[row, column] == pytest.approx(found.agreement.adjusted_rand, abs=1e-6)
            assert floats[at : at + 2 * k].reshape(k, 2) == pytest.approx(
                order.view.project(found.private.centers), abs=1e-5
            )
    plain = nonprivate_clustering(order.points, n_clusters=2).assign(order.points[order.shown])
    assert labels[:100].tolist() == plain.tolist()


def test_peoples_private_groups_are_the_plain_ones_and_what_differs():
    _, floats, _, labels = _unpack(_order(has_people=True))
    plain, shifts = labels[:200].reshape(2, 100), labels[-400:].reshape(2, 2, 100)

    for row in range(2):
        for column in range(2):
            private = (plain[column].astype(int) + shifts[row, column]) % 256
            # A hundred people tell nearly what all four hundred do.
            found = nonprivate_agreement(plain[column].astype(np.int32), private.astype(np.int32)).adjusted_rand
            assert found == pytest.approx(floats[-4 + 2 * row + column], abs=0.2)


def test_without_the_plain_side_nothing_exact_is_packed():
    head, floats, steps, labels = _unpack(_order(has_plain=False))

    assert (head["people"], head["plain"], head["groups"]) == (0, False, False)
    places = sum(head["sizes"])
    assert len(floats) == places + 2 * 2 * sum(KS)
    assert len(steps) == 2 * places
    assert len(labels) == 2 * places


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_and_a_reduction_are_previewed(engine):
    reduction = Reduction(method=ReductionMethod.PCA, n_dimensions=2)
    spec = ReleaseSpec(engine=get_engine(engine), epsilon=2.0, n_clusters=4, reduction=reduction)

    head, *_ = _unpack(_order(spec=spec, epsilons=(2.0,)))

    assert len(head["sizes"]) == (1 if get_engine(engine).serves_any_k else len(KS))


def test_what_was_bought_is_read_and_nothing_is_drawn(monkeypatch):
    bought = draw_release(TABLE.points(), SPEC, rng=secure_rng())
    monkeypatch.setattr(preview, "draw_release", None)

    head, floats, *_ = _unpack(_order(source=SAMPLE, bought=bought, epsilons=(2.0,)))

    assert head["epsilons"] == [2.0]
    expected = _compare(TABLE.points(), bought, 4).agreement.adjusted_rand
    assert floats[-1] == pytest.approx(expected, abs=1e-6)


def test_the_public_view_of_what_was_bought_needs_nobodys_row():
    bought = draw_release(TABLE.points(), SPEC, rng=secure_rng())
    how = {"source": SAMPLE, "bought": bought, "epsilons": (2.0,), "has_plain": False, "shown": np.arange(0)}

    with_people, without = _unpack(_order(**how)), _unpack(_order(**how, points=np.empty((0, 12))))

    assert with_people[0] == without[0]
    assert all(np.array_equal(one, other) for one, other in zip(with_people[1:], without[1:], strict=True))


def test_another_epsilon_of_peoples_data_is_refused():
    bought = draw_release(TABLE.points(), SPEC, rng=secure_rng())

    with pytest.raises(ValueError, match="of ε 2 alone"):
        _order(source=SAMPLE, bought=bought)
    with pytest.raises(ValueError, match="never drawn for a preview"):
        _order(source=SAMPLE)
    with pytest.raises(ValueError, match="the curator's only"):
        _order(has_plain=False, has_people=True)


def test_many_people_are_compared_by_a_public_choice_of_them(monkeypatch):
    monkeypatch.setattr(preview, "COMPARED_MOST", 300)
    monkeypatch.setattr(preview, "COMPARED_SAMPLE", 200)

    head, floats, *_ = _unpack(_order())
    again = _unpack(_order())[1]

    assert head["sampled"] == 200
    assert floats.tolist() == again.tolist()
    assert 0.5 < floats[-1] <= 1.0
