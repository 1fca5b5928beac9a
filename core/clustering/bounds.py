"""The public bounds of an estimator's features, and the way into the box [-1, 1]^d and back."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublicBox:
    """Limits that anybody may know: typed by the user, never read from the data.

    Attributes:
        lower: Lower limit of each feature, of shape ``(n_features,)``.
        upper: Upper limit of each feature, of the same shape.
    """

    lower: FloatArray
    upper: FloatArray

    @classmethod
    def of(cls, bounds: tuple[Any, Any] | None, *, n_features: int) -> "PublicBox":
        """Return the box of ``bounds``: (lower, upper), each a number or an array of shape ``(n_features,)``.

        Raises:
            ValueError: If ``bounds`` are missing, do not fit the features, or are not finite and increasing.
        """
        if bounds is None:
            raise ValueError(
                "bounds must be given as public (lower, upper); reading them from the data would release it"
            )
        if len(bounds) != 2:  # noqa: PLR2004 - lower and upper
            raise ValueError(f"bounds must be (lower, upper), not {len(bounds)} values")
        lower, upper = (np.asarray(bound, dtype=np.float64) for bound in bounds)
        for bound in (lower, upper):
            if bound.shape not in {(), (n_features,)}:
                raise ValueError(f"bounds of shape {bound.shape} do not fit {n_features} features")
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
    def half(self) -> FloatArray:
        """Distance from the middle that becomes 1."""
        half: FloatArray = self.upper / 2 - self.lower / 2
        return half

    def enter(self, values: FloatArray) -> FloatArray:
        """Return ``values`` in the units of the box; what lies outside the limits stays outside."""
        boxed: FloatArray = (values - self.middle) / self.half
        return boxed

    def leave(self, places: FloatArray) -> FloatArray:
        """Return ``places`` of the box in the units of the data, within the limits."""
        return np.clip(self.middle + places * self.half, self.lower, self.upper)
