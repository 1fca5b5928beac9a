"""Trials of all recommenders, repeated: hidden products that come back, and people whom the models never saw.

An experiment, not a release: exact, curator only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.table import Table
from core.privacy.noise_source import NoiseSource
from core.progress import Progress
from core.studies.held_out import HeldOut
from core.studies.recommendation_trial import Trial, TrialSettings, nonprivate_trial
from core.studies.unseen_people import TrainTestStudy, nonprivate_train_test

REPETITIONS = 5
#: People of one repetition: five of them take half a minute on a laptop.
PEOPLE_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommenderStudy:
    """What all repetitions found.

    Attributes:
        trials: By repetition, what came back of the hidden products.
        unseen: By repetition, how models fit people who were not in their training data.
    """

    trials: tuple[Trial, ...]
    unseen: tuple[TrainTestStudy, ...]


def nonprivate_recommender_study(
    table: Table | None, settings: TrialSettings, *, repetitions: int = REPETITIONS
) -> Iterator[Progress[RecommenderStudy]]:
    """Hide products, recommend, and look whether they come back; each time with other people hidden and other noise.

    Args:
        table: The people; of many, ``PEOPLE_MOST`` are drawn each time. None: the real households, of whom the last
            quarter's new departments are hidden.
        settings: Public choices.
        repetitions: How often.

    Yields:
        Progress after each repetition; the last holds the result. Stop iterating to cancel.
    """
    trials: list[Trial] = []
    unseen: list[TrainTestStudy] = []
    yield Progress(done=0, total=repetitions)
    for seed in range(repetitions):
        # The seed decides who takes part; noise has it too only if nobody real is there.
        chooser = np.random.default_rng(seed)
        held_out = _hide(table, chooser)
        rng = NoiseSource.of(held_out.table.source, seed=seed).generator()
        trials.append(nonprivate_trial(held_out, settings, rng=rng))
        unseen.append(nonprivate_train_test(held_out, settings, split_rng=chooser, rng=rng))
        study = RecommenderStudy(trials=tuple(trials), unseen=tuple(unseen)) if seed == repetitions - 1 else None
        yield Progress(done=seed + 1, total=repetitions, result=study)


def _hide(table: Table | None, rng: np.random.Generator) -> HeldOut:
    if table is None:
        return HeldOut.last_quarter()
    people = table.take(np.sort(rng.permutation(table.n_people)[:PEOPLE_MOST]))
    return HeldOut.one_each(people, rng=rng)
