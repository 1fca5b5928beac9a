"""Lifts: use of a product in a group over use overall, shrunk towards 1 by how noisy the counts are."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.recommendation.product_counts import GroupCounts

#: Spread of lifts among groups and products that is taken for possible (variance of lift).
_SPREAD_LEAST, _SPREAD_MOST = 1e-3, 4.0
#: A lift below this cannot be distinguished from nobody using the product.
LIFT_LEAST = 0.05
#: Holders that a product is taken to have at least, so that ratios stay finite.
_HOLDERS_LEAST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lifts:
    """Estimates of use; post-processing of counts, so as private as they are.

    Attributes:
        overall: Share of all people who use each product, of shape ``(n_products,)``; positive.
        lift: Use in a group over use overall, shrunk towards 1, of shape ``(n_clusters, n_products)``; positive.
        trust: How far each lift follows its own count, from 0 (overall only) to 1, of the same shape.
    """

    overall: FloatArray
    lift: FloatArray
    trust: FloatArray


def shrink_lifts(counts: GroupCounts) -> Lifts:
    """Estimate use by empirical Bayes: the prior is read from the same (noisy) counts, the noise is known.

    A count x in a group of n people is r·λ·n plus noise of variance s² + r·λ·n: privacy noise and chance. Lifts λ
    scatter around 1 with a variance that is what the observed scatter leaves beyond the noise, pooled over all counts.

    Args:
        counts: Noisy or exact counts.

    References:
        Efron, Morris (1975), "Data analysis using Stein's estimator and its generalizations".
    """
    n_people = max(float(counts.people.sum()), 1.0)
    overall = _shrink_overall(counts) / n_people
    expected = counts.people[:, np.newaxis] * overall
    known = expected > 0
    holders = np.where(known, expected, 1.0)
    ratio = np.where(known, counts.counts / holders, 1.0)
    noise = counts.noise_sd[:, np.newaxis] ** 2 + holders
    variance = np.where(known, noise / holders**2, np.inf)
    spread = _spread(ratio, variance)
    trust = spread / (spread + variance)
    return Lifts(overall=overall, lift=np.maximum(1.0 + trust * (ratio - 1.0), LIFT_LEAST), trust=trust)


def _shrink_overall(counts: GroupCounts) -> FloatArray:
    """Pull noisy totals towards their mean, more so the more of their scatter is noise."""
    totals, noise = counts.overall, counts.overall_sd**2
    middle = float(totals.mean()) if totals.size else 0.0
    scatter = max(float(((totals - middle) ** 2).mean()) - noise, 0.0) if totals.size else 0.0
    trust = scatter / (scatter + noise) if noise > 0 else 1.0
    shrunk: FloatArray = np.maximum(middle + trust * (totals - middle), _HOLDERS_LEAST)
    return shrunk


def _spread(ratio: FloatArray, variance: FloatArray) -> float:
    """Return the variance of lifts by moments, each count weighted by what is known of it."""
    precision = 1.0 / variance
    total = float(precision.sum())
    if total <= 0:
        return _SPREAD_LEAST
    # precision · variance is 1 where anything is known.
    beyond = float((precision * (ratio - 1.0) ** 2 - (precision > 0)).sum())
    return float(np.clip(beyond / total, _SPREAD_LEAST, _SPREAD_MOST))
