"""What is attacked: plain and private pipelines of the same people, few enough for hundreds of runs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.arrays import FloatArray, IntArray
from core.attack.membership import MembershipInference, nonprivate_membership_inference
from core.data.table import Holdings
from core.privacy.noise_source import NoiseSource
from core.progress import Progress
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import NonprivatePipeline, PrivatePipeline

#: People an attack is run on at most: 400 runs of so many take about 15 seconds on an idle machine.
PEOPLE_MOST = 5_000
#: Part of ε spent on the products, where there are any; the rest is spent on the clustering.
PRODUCTS_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackSetup:
    """People and how they are clustered; holds raw data, curator only.

    Attributes:
        points: All people, scaled, of shape ``(n_people, n_features)``.
        spec: How the people are clustered privately; its ε is the loss of one private run, everything together.
        holdings: Products held by the same people; None: no products are shown.
    """

    points: FloatArray
    spec: ReleaseSpec
    holdings: Holdings | None = None

    @property
    def plain(self) -> NonprivatePipeline:
        """The pipeline without a guarantee."""
        return NonprivatePipeline(
            points=self.points,
            n_clusters=self.spec.n_clusters,
            holdings=self.holdings,
            reduction=self.spec.reduction,
        )

    @property
    def private(self) -> PrivatePipeline:
        """The pipeline that costs the ε of ``spec``."""
        products = 0.0 if self.holdings is None else PRODUCTS_SHARE * self.spec.epsilon
        return PrivatePipeline(
            points=self.points,
            spec=replace(self.spec, epsilon=self.spec.epsilon - products),
            holdings=self.holdings,
            products_epsilon=products,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainVsPrivate:
    """The same attack on the plain and on the private pipeline; curator only.

    Attributes:
        plain: On the pipeline without a guarantee.
        private: On the pipeline with one.
    """

    plain: MembershipInference
    private: MembershipInference


def nonprivate_attack(
    setup: AttackSetup, person: int, runs: int, noise: NoiseSource
) -> Iterator[Progress[PlainVsPrivate]]:
    """Attack the plain and the private pipeline with and without ``person``; stop iterating to cancel.

    Args:
        setup: What is attacked.
        person: Row of the person.
        runs: Runs on either side.
        noise: Where the noise comes from.

    Yields:
        Progress after each pair of runs; the last one holds the result.

    Raises:
        ValueError: If there is no such person, or there are too few runs.
    """
    rng = noise.generator()
    *_, last = nonprivate_membership_inference(setup.points, person=person, pipeline=setup.plain, runs=runs, rng=rng)
    plain = last.result
    for step in nonprivate_membership_inference(
        setup.points, person=person, pipeline=setup.private, runs=runs, rng=rng
    ):
        result = PlainVsPrivate(plain=plain, private=step.result) if plain and step.result else None
        yield Progress(done=step.done, total=step.total, result=result)


def choose_rows(person: int, *, n_people: int, most: int = PEOPLE_MOST) -> IntArray:
    """Return the rows an attack is run on, increasing: everybody, or ``person`` among a fixed choice of the others.

    Raises:
        ValueError: If there is no such person, or ``most`` is not positive.
    """
    if not 0 <= person < n_people:
        raise ValueError(f"person must be a row from 0 to {n_people - 1}, not {person}")
    if most < 1:
        raise ValueError(f"most must be at least 1, not {most}")
    everybody = np.arange(n_people)
    if n_people <= most:
        return everybody
    others = np.random.default_rng(0).permutation(np.delete(everybody, person))[: most - 1]
    return np.sort(np.append(others, person))
