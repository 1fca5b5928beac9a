"""The public bounds of an estimator's features, and the scaling to [-1, 1]^d and back."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounds:
    """Limits that anybody may know: typed by the user, never read from the data.

    Attributes:
        lower: Lower limit of each feature, of shape ``(n_features,)``.
        upper: Upper limit of each feature, of the same shape.
    """

    lower: FloatArray
    upper: FloatArray

    @classmethod
    def from_limits(cls, limits: tuple[Any, Any] | None, *, n_features: int) -> "Bounds":
        """Return the bounds (lower, upper), each given as a number or an array of shape ``(n_features,)``.

        Raises:
            ValueError: If ``limits`` are missing, do not fit the features, or are not finite and increasing.
        """
        if limits is None:
            raise ValueError(
                "bounds must be given as public (lower, upper); reading them from the data would release it"
            )
        if len(limits) != 2:  # noqa: PLR2004 - lower and upper
            raise ValueError(f"bounds must be (lower, upper), not {len(limits)} values")
        lower, upper = (np.asarray(limit, dtype=np.float64) for limit in limits)
        for limit in (lower, upper):
            if limit.shape not in {(), (n_features,)}:
                raise ValueError(f"bounds of shape {limit.shape} do not fit {n_features} features")
        if not (np.isfinite(lower).all() and np.isfinite(upper).all() and (lower < upper).all()):
            raise ValueError(f"bounds must be finite and increasing, not {lower} … {upper}")
        return cls(lower=np.broadcast_to(lower, (n_features,)), upper=np.broadcast_to(upper, (n_features,)))

    @property
    def middle(self) -> FloatArray:
        """Values that become 0."""
        # Halved first, as in the next one: the sum of extreme limits would overflow.
        middle: FloatArray = self.lower / 2 + self.upper / 2
        return middle

    @property
    def half_range(self) -> FloatArray:
        """Distance from the middle that becomes 1."""
        half_range: FloatArray = self.upper / 2 - self.lower / 2
        return half_range

    def scale(self, values: FloatArray) -> FloatArray:
        """Return ``values`` scaled so that the limits become -1 and 1; what lies outside stays outside."""
        scaled: FloatArray = (values - self.middle) / self.half_range
        return scaled

    def unscale(self, points: FloatArray) -> FloatArray:
        """Return ``points`` of [-1, 1]^d in the units of the data, within the limits."""
        return np.clip(self.middle + points * self.half_range, self.lower, self.upper)
