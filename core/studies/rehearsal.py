"""A rehearsal on invented people of a public shape: what to expect at each ε, before anything is paid.

Only what is public goes in: how many columns there are, a typed number of people, and what is asked of the release.
The invented people lie around as many middles as groups are asked for, so real ones may do better or worse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.data.synthetic_points import synthetic_points
from core.limits import EPSILON_CHOICES, PEOPLE_MIN, PERSONAS_MAX, PERSONAS_MIN
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise_source import SyntheticGenerator
from core.progress import Progress
from core.reduction.reduced import draw_release, nonprivate_people
from core.reduction.spec import ReleaseSpec
from core.studies.bands import MetricBand
from core.threads import one_thread

#: More invented people would make a visitor wait; the noise of a group's middle is small long before.
PEOPLE_MOST = 30_000
SEEDS_DEFAULT = 5
#: Between groups that stand apart and groups that can hardly be told apart.
OVERLAP = 0.3
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What one ε gives on invented people.

    Attributes:
        epsilon: Privacy loss.
        ari: Agreement with plain k-means of the same people, over several draws of noise.
    """

    epsilon: float
    ari: MetricBand


def rehearse(
    spec: ReleaseSpec,
    *,
    n_people: int,
    n_columns: int,
    epsilons: Sequence[float] = EPSILON_CHOICES,
    n_seeds: int = SEEDS_DEFAULT,
) -> Iterator[Progress[tuple[Rehearsal, ...]]]:
    """Draw the release of ``spec`` of invented people at each ε, with public seeds.

    Args:
        spec: What will be asked of the release; its own ε does not matter.
        n_people: Number of people to invent: typed, never counted.
        n_columns: Number of columns.
        epsilons: Increasing ε.
        n_seeds: Draws of noise at each ε.

    Yields:
        Progress after each ε; the last one holds the result. Stop iterating to cancel.

    Raises:
        ValueError: If ``n_people`` is not in [``PEOPLE_MIN``, ``PEOPLE_MOST``].
    """
    if not PEOPLE_MIN <= n_people <= PEOPLE_MOST:
        raise ValueError(f"n_people must be in [{PEOPLE_MIN}, {PEOPLE_MOST}], not {n_people}")
    return _rehearse(spec, _invent(spec, n_people=n_people, n_columns=n_columns), epsilons, n_seeds)


def _invent(spec: ReleaseSpec, *, n_people: int, n_columns: int) -> np.ndarray:
    n_personas = min(max(spec.n_clusters, PERSONAS_MIN), PERSONAS_MAX)
    return synthetic_points(n_people=n_people, n_columns=n_columns, n_personas=n_personas, overlap=OVERLAP, seed=SEED)[
        0
    ]


def _rehearse(
    spec: ReleaseSpec, points: np.ndarray, epsilons: Sequence[float], n_seeds: int
) -> Iterator[Progress[tuple[Rehearsal, ...]]]:
    with one_thread():
        plain = nonprivate_people(points, reduction=spec.reduction, n_clusters=spec.n_clusters).assign(points)
    rehearsed: list[Rehearsal] = []
    for epsilon in epsilons:
        asked = replace(spec, epsilon=epsilon)
        scores = []
        for seed in range(n_seeds):
            with one_thread():
                release = draw_release(points, asked, rng=SyntheticGenerator(np.random.PCG64([SEED, seed])))
                labels = release.cluster(spec.n_clusters).assign(points)
            scores.append(nonprivate_agreement(plain, labels).adjusted_rand)
        rehearsed.append(Rehearsal(epsilon=epsilon, ari=MetricBand.from_values(scores)))
        yield Progress(done=len(rehearsed), total=len(epsilons))
    yield Progress(done=len(epsilons), total=len(epsilons), result=tuple(rehearsed))
