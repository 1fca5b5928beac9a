"""Where a data set's noise comes from: the secure source for people's, a known seed for synthetic data only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from core.data.table import Source
from core.privacy.noise import SecureGenerator, is_secure, secure_rng


class SyntheticGenerator(np.random.Generator):
    """A generator with a public seed, for synthetic data: reproducible, and nothing that it draws is private."""


#: What draws the noise of a table: no plain generator is of this type, so none is passed by mistake.
TableGenerator: TypeAlias = SecureGenerator | SyntheticGenerator


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseSource:
    """Where the noise of one data set comes from; picklable, for workers.

    Attributes:
        source: Of the data set. Synthetic data alone may have a seed.
        seed: Public seed; None draws from the operating system and keeps nothing.
    """

    source: Source
    seed: int | None = None

    def __post_init__(self) -> None:
        if self.seed is not None and not self.source.is_synthetic:
            raise ValueError(f"seed must be None for people's data ({self.source.key}): a known seed means no privacy")

    @classmethod
    def of(cls, source: Source, *, seed: int) -> "NoiseSource":
        """Return the source for data of ``source``: with ``seed`` if it is synthetic, else the secure one."""
        return cls(source=source, seed=seed if source.is_synthetic else None)

    def generator(self) -> TableGenerator:
        """Return a fresh generator; the same draws each time if there is a seed."""
        return secure_rng() if self.seed is None else SyntheticGenerator(np.random.PCG64(self.seed))

    def generators(self, n_generators: int) -> Iterator[TableGenerator]:
        """Return fresh, independent generators; the same ones each time if there is a seed."""
        if self.seed is None:
            return (secure_rng() for _ in range(n_generators))
        seeds = np.random.SeedSequence(self.seed).spawn(n_generators)
        return (SyntheticGenerator(np.random.PCG64(each)) for each in seeds)


def check_noise(rng: np.random.Generator, source: Source) -> None:
    """Raise ``ValueError`` if data of ``source`` are people's and the noise of ``rng`` could be known."""
    if not (source.is_synthetic or is_secure(rng)):
        raise ValueError(f"people's data ({source.key}) takes secure noise only, not {type(rng).__name__}")
