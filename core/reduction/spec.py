"""What is asked of a release: the one value that travels from the sliders to the noise."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from core.clustering.engines import Engine
from core.clustering.synopsis.release import N_CLUSTERS_SERVED
from core.reduction.projection import ReductionMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """How to reduce: a public choice.

    Attributes:
        method: How directions are chosen.
        n_dimensions: Number of dimensions after reduction.
    """

    method: ReductionMethod
    n_dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSpec:
    """Every public choice that a release is made with; with the people, all that decides its law.

    Attributes:
        engine: How to cluster privately.
        epsilon: Privacy loss of the whole release.
        n_clusters: Number of groups asked for.
        reduction: Dimensions to cluster in; None for all columns.
        draw: Which draw of the noise, counted up where a visitor asks for another one of synthetic data.
    """

    engine: Engine
    epsilon: float
    n_clusters: int
    reduction: Reduction | None = None
    draw: int = 0

    @property
    def n_clusters_served(self) -> int:
        """Number of groups that the release is made for: one for all where the engine serves any, so that k is free."""
        return N_CLUSTERS_SERVED if self.engine.serves_any_k else self.n_clusters

    @property
    def key(self) -> str:
        """Equal for specs that one release serves, different otherwise; safe to show."""
        key = f"{self.engine}|{self.epsilon:g}|{self.n_clusters_served}|{self.draw}"
        return key if self.reduction is None else f"{key}|{self.reduction.method}{self.reduction.n_dimensions}"

    @property
    def parameters(self) -> Mapping[str, str | int]:
        """The choices as the ledger keeps them beside the charge."""
        reduced = {} if self.reduction is None else asdict(self.reduction)
        return {"engine": self.engine.key, "n_clusters": self.n_clusters_served, **reduced}

    def public_seed(self, content_key: str) -> int:
        """Return the seed of a reproducible release of synthetic data: known to all, so it is not private."""
        return public_seed(content_key, self.engine, self.epsilon, self.n_clusters_served, self.draw)


def public_seed(*choices: object) -> int:
    """Make a seed of public choices: whoever knows the link knows it, so what it draws is not private."""
    return int.from_bytes(hashlib.blake2b("|".join(map(str, choices)).encode(), digest_size=16).digest(), "big")
