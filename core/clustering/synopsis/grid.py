"""Public grids: quantisers of one axis, how many levels each axis gets, and the cells of their product."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from scipy.stats import norm

from core.arrays import FloatArray, IntArray
from core.clustering.exact_assignment import project

LEVELS_MAX = 64
_LLOYD_MAX_STEPS = 500
#: Up to this many levels comparing with every boundary is faster than searching among them.
_COMPARED_LEVELS = 12


class SourceModel(StrEnum):
    """Distribution that a person's coordinate along an axis is expected to have; what its quantiser is optimal for."""

    UNIFORM = "uniform"
    GAUSSIAN = "gaussian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiser:
    """The best scalar quantiser of a source with mean 0 and variance 1.

    Attributes:
        boundaries: Between neighbouring levels, increasing, one fewer than levels.
        codes: Value that stands for each level.
        distortion: Mean squared error.
    """

    boundaries: FloatArray
    codes: FloatArray
    distortion: float


@cache
def optimal_quantiser(source: SourceModel, n_levels: int) -> Quantiser:
    """Return equal-width levels for the uniform source, Lloyd–Max levels for the Gaussian."""
    if source is SourceModel.UNIFORM:
        half = math.sqrt(3.0)
        edges = np.linspace(-half, half, n_levels + 1)
        return Quantiser(boundaries=edges[1:-1], codes=(edges[1:] + edges[:-1]) / 2, distortion=n_levels**-2.0)
    codes = norm.ppf((np.arange(n_levels) + 0.5) / n_levels)
    for _ in range(_LLOYD_MAX_STEPS):
        edges = np.concatenate([[-np.inf], (codes[1:] + codes[:-1]) / 2, [np.inf]])
        mass = np.diff(norm.cdf(edges))
        codes = -np.diff(norm.pdf(edges)) / mass
    return Quantiser(
        boundaries=(codes[1:] + codes[:-1]) / 2, codes=codes, distortion=float(1.0 - (mass * codes * codes).sum())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GridAxes:
    """Axes that a grid is laid along: a centre and orthonormal directions, with the spread expected along each.

    Attributes:
        center: Origin, of shape ``(n_features,)``.
        vectors: Orthonormal columns, of shape ``(n_features, n_axes)``.
        variances: Expected variance along each axis, decreasing, of shape ``(n_axes,)``.
        source: Distribution expected along every axis.
        residual_variance: Expected variance along the directions without an axis.
    """

    center: FloatArray
    vectors: FloatArray
    variances: FloatArray
    source: SourceModel
    residual_variance: float = 0.0

    def lift(self, coordinates: FloatArray) -> FloatArray:
        """Map coordinates along the axes to points in the box."""
        lifted: FloatArray = np.clip(self.center + coordinates @ self.vectors.T, -1.0, 1.0)
        return lifted


def box_axes(n_features: int) -> GridAxes:
    """Return the axes of the box itself: nothing is known but the bounds."""
    return GridAxes(
        center=np.zeros(n_features),
        vectors=np.eye(n_features),
        variances=np.full(n_features, 1.0 / 3.0),
        source=SourceModel.UNIFORM,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A product of quantisers along axes; public once the axes are.

    Attributes:
        axes: Where it lies; only axes with more than one level.
        levels: Number of levels along each axis.
    """

    axes: GridAxes
    levels: tuple[int, ...]

    @property
    def n_cells(self) -> int:
        """Number of cells."""
        return math.prod(self.levels)

    def codes(self, axis: int) -> FloatArray:
        """Return the coordinate that stands for each level of ``axis``."""
        coded: FloatArray = self._quantiser(axis).codes * math.sqrt(self.axes.variances[axis])
        return coded

    def distortion(self, axis: int, n_levels: int) -> float:
        """Return the mean squared error expected along ``axis`` if it had ``n_levels``."""
        return float(self.axes.variances[axis]) * optimal_quantiser(self.axes.source, n_levels).distortion

    def assign_cells(self, rows: FloatArray) -> IntArray:
        """Return the cell of each row, int32: a function of the row and the grid, whoever else is there."""
        coordinates = project(rows, self.axes.vectors.T)
        (middle,) = project(self.axes.center[np.newaxis], self.axes.vectors.T).T
        cells = np.zeros(rows.shape[0], dtype=np.int32)
        for axis, n_levels in enumerate(self.levels):
            cells *= n_levels
            boundaries = self._quantiser(axis).boundaries * math.sqrt(self.axes.variances[axis])
            cells += _find_levels(coordinates[axis], boundaries + middle[axis])
        return cells

    def coordinates(self, cells: IntArray) -> FloatArray:
        """Return the coordinates along the axes that stand for ``cells``, of shape ``(n_cells, n_axes)``."""
        levels = np.unravel_index(cells, self.levels)
        return np.stack([self.codes(axis)[level] for axis, level in enumerate(levels)], axis=1)

    def _quantiser(self, axis: int) -> Quantiser:
        return optimal_quantiser(self.axes.source, self.levels[axis])


def _find_levels(values: FloatArray, boundaries: FloatArray) -> IntArray:
    if boundaries.size >= _COMPARED_LEVELS:
        return np.searchsorted(boundaries, values).astype(np.int8)
    level = np.zeros(values.size, dtype=np.int8)
    for boundary in boundaries:
        level += values > boundary
    return level


def allocate_levels(axes: GridAxes, n_cells: float) -> Grid:
    """Spread at most ``n_cells`` cells over the axes where they lower the distortion most (reverse water-filling).

    Each step adds a level to the axis with the largest drop of distortion per log of cells. Axes left with one level
    are dropped and their variance joins the ``residual_variance``.
    """
    levels = [1] * axes.variances.size
    while (axis := _best_axis(axes, levels, n_cells)) is not None:
        levels[axis] += 1
    used = [axis for axis, n_levels in enumerate(levels) if n_levels > 1] or [0]
    unused = np.setdiff1d(np.arange(len(levels)), used)
    kept = GridAxes(
        center=axes.center,
        vectors=axes.vectors[:, used],
        variances=axes.variances[used],
        source=axes.source,
        residual_variance=axes.residual_variance + float(axes.variances[unused].sum()),
    )
    return Grid(axes=kept, levels=tuple(levels[axis] for axis in used))


def _best_axis(axes: GridAxes, levels: list[int], n_cells: float) -> int | None:
    cells = math.prod(levels)
    best, best_gain = None, 0.0
    for axis, n_levels in enumerate(levels):
        more = n_levels + 1
        if n_levels >= LEVELS_MAX or cells // n_levels * more > n_cells:
            continue
        drop = optimal_quantiser(axes.source, n_levels).distortion - optimal_quantiser(axes.source, more).distortion
        gain = float(axes.variances[axis]) * drop / math.log(more / n_levels)
        if gain > best_gain:
            best, best_gain = axis, gain
    return best
