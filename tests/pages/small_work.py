"""The lab's work on few people and few draws, importing little, for a worker pays for every import anew."""

from core.studies import passes, sweep

EPSILONS = (0.1, 1.0, 10.0)
SIZES = (50, 100)


def sweep_synthetic(recipe, shapes, *, n_clusters, seed):
    """Sweep panels as asked for, but of 60 people each."""
    small = [sweep.DataShape(n_people=60, n_features=shape.n_features) for shape in shapes]
    return sweep.sweep_synthetic(recipe, small, n_clusters=n_clusters, seed=seed, epsilons=EPSILONS, n_seeds=1)


def nonprivate_sweep(points, *, n_clusters, noise):
    """Sweep the first people only."""
    return sweep.nonprivate_sweep(points[:60], n_clusters=n_clusters, noise=noise, epsilons=EPSILONS, n_seeds=1)


def measure_passes(recipe, *, n_clusters, clock):
    """Count passes over few people."""
    return passes.measure_passes(recipe, n_clusters=n_clusters, clock=clock, sizes=SIZES)
