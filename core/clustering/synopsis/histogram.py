"""Which cells hold people: a noisy histogram, cleaned at many resolutions. Post-processing of noisy counts only."""

import math
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.synopsis.grid import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Cells, or merged boxes of cells, whose noisy counts stand out of the noise.

    Attributes:
        coordinates: Places along the axes of the grid, of shape ``(n_blocks, n_axes)``.
        weights: Noisy people, positive, of shape ``(n_blocks,)``.
        n_cells: Cells merged into each block, as float.
        distortions: Mean squared error expected within each block, along the grid's axes.
    """

    coordinates: FloatArray
    weights: FloatArray
    n_cells: FloatArray
    distortions: FloatArray

    @property
    def n_blocks(self) -> int:
        """Number of blocks."""
        return int(self.weights.size)

    def joined(self, other: "Blocks") -> "Blocks":
        """Return these blocks followed by others."""
        return Blocks(
            coordinates=np.concatenate([self.coordinates, other.coordinates]),
            weights=np.concatenate([self.weights, other.weights]),
            n_cells=np.concatenate([self.n_cells, other.n_cells]),
            distortions=np.concatenate([self.distortions, other.distortions]),
        )


class _Pyramid:
    """A noisy histogram that forgets what was kept and halves its resolution, axis by axis."""

    def __init__(self, counts: IntArray, grid: Grid) -> None:
        self._grid = grid
        self._levels = list(grid.levels)
        self._codes = [grid.codes(axis) for axis in range(len(self._levels))]
        self.counts = counts.astype(np.float64)
        self.n_cells = np.ones(counts.size)

    def take(self, thresholds: FloatArray | float) -> Blocks:
        """Remove and return the blocks whose counts reach their thresholds."""
        kept = np.flatnonzero(self.counts >= np.maximum(thresholds, 1e-9))
        places = np.unravel_index(kept, self._levels)
        blocks = Blocks(
            coordinates=np.stack([codes[place] for codes, place in zip(self._codes, places, strict=True)], axis=1),
            weights=self.counts[kept],
            n_cells=self.n_cells[kept],
            distortions=np.full(kept.size, self._distortion()),
        )
        self.counts[kept] = 0.0
        self.n_cells[kept] = 0.0
        return blocks

    def merge(self) -> None:
        """Merge neighbouring pairs along the axis where this costs the least distortion."""
        costs = [self._merging_cost(axis) for axis in range(len(self._levels))]
        axis = int(np.argmin(costs))
        starts = np.arange(0, self._levels[axis], 2)
        sizes = np.diff(np.append(starts, self._levels[axis]))
        shape = tuple(self._levels)
        self.counts = np.add.reduceat(self.counts.reshape(shape), starts, axis=axis).ravel()
        self.n_cells = np.add.reduceat(self.n_cells.reshape(shape), starts, axis=axis).ravel()
        self._codes[axis] = np.add.reduceat(self._codes[axis], starts) / sizes
        self._levels[axis] = starts.size

    def _merging_cost(self, axis: int) -> float:
        n_levels = self._levels[axis]
        if n_levels == 1:
            return math.inf
        return self._grid.distortion(axis, (n_levels + 1) // 2) - self._grid.distortion(axis, n_levels)

    def _distortion(self) -> float:
        return math.fsum(self._grid.distortion(axis, n_levels) for axis, n_levels in enumerate(self._levels))


def keep_blocks(counts: IntArray, grid: Grid, *, epsilon: float, strictness: float, leniency: float = 1.0) -> Blocks:
    """Keep what stands out, finest resolution first.

    A cell is kept above ln(#cells)/ε, where about half a cell of pure noise survives. What remains is merged pair by
    pair; a merged block of c cells, whose noise has variance 2c/ε², is kept above max(L, 2·strictness·√(c·L))/ε with
    L = ln(#blocks).

    Args:
        counts: Noisy counts of all cells.
        grid: Their grid.
        epsilon: What the histogram was bought with.
        strictness: Larger keeps fewer merged blocks.
        leniency: Scales all thresholds.
    """
    pyramid = _Pyramid(counts, grid)
    kept = pyramid.take(leniency * _log_size(counts.size) / epsilon)
    while pyramid.counts.size > 1:
        pyramid.merge()
        size = _log_size(pyramid.counts.size)
        bar = np.maximum(size, 2.0 * strictness * np.sqrt(pyramid.n_cells * size))
        kept = kept.joined(pyramid.take(leniency * bar / epsilon))
    return kept


def _log_size(n_cells: int) -> float:
    return math.log(max(n_cells, 2))


def total_consistent_leniency(counts: IntArray, *, people: float, epsilon: float) -> float:
    """Return the scale at which the cells kept hold about 4 of 5 noisy people, between 0.1 and 1."""
    ordered = np.sort(counts)[::-1]
    last = min(int(np.searchsorted(np.cumsum(ordered), 0.8 * people)), ordered.size - 1)
    return float(np.clip(ordered[last] * epsilon / _log_size(counts.size), 0.1, 1.0))


def at_least(blocks: Blocks, counts: IntArray, grid: Grid, *, n_blocks: int, epsilon: float) -> Blocks:
    """Add the fullest cells if fewer than ``n_blocks`` blocks were kept, so that each cluster finds a place."""
    n_blocks = min(n_blocks, grid.n_cells)
    if blocks.n_blocks >= n_blocks:
        return blocks
    fullest = np.argsort(-counts, kind="stable")[:n_blocks]
    distortion = math.fsum(grid.distortion(axis, n_levels) for axis, n_levels in enumerate(grid.levels))
    return blocks.joined(
        Blocks(
            coordinates=grid.coordinates(fullest),
            weights=np.maximum(counts[fullest].astype(np.float64), 0.5 / epsilon),
            n_cells=np.ones(n_blocks),
            distortions=np.full(n_blocks, distortion),
        )
    )
