"""A run of k-means as the frames of its player: which of the five steps, what moves, what is said."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.arrays import FloatArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.trace.kmeans import Iteration, Trace
from core.clustering.trace.synopsis import SynopsisTrace
from core.clustering.types import Clustering
from ui import figures
from ui.text import phrase

#: The five steps of the explanation; 0 is a look at the people that ends with them.
LOOK, CHOOSE, START, ASSIGN, MOVE, REPEAT = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the player shows at once.

    Attributes:
        phase: What moves; the player knows these by name.
        step: Which of the five steps it is, or ``LOOK``.
        say: The step in a sentence.
        figures: Names and values beside the picture.
        centers: Where the centres end up, in the frame; None while there are none.
        turn: The turn whose exact means a noisy move passes.
        labels: The turn whose groups colour the people or places; -1 before any.
        noise: The turn whose noise stays in sight; -1 for none.
        territories: Whether the picture is divided among the centres.
        gone: Whether the people are out of sight, replaced by what was bought.
    """

    phase: str
    step: int
    say: str
    figures: tuple[tuple[str, str], ...]
    centers: list[list[float]] | None = None
    turn: int = 0
    labels: int = -1
    noise: int = -1
    territories: bool = False
    gone: bool = False


def unit(places: FloatArray) -> FloatArray:
    """Map the box to the frame's unit square."""
    mapped: FloatArray = (places + 1.0) / 2.0
    return mapped


def listed(places: FloatArray) -> list[list[float]]:
    """Return places in the frame as the player reads them."""
    rows: list[list[float]] = np.round(unit(places), 4).tolist()
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a side's figures are put into words.

    Attributes:
        epsilon: ε of the whole run; None where nothing is private.
        is_public: Whether exact values are left out.
    """

    epsilon: float | None = None
    is_public: bool = False

    def figures(self, *, passes: float, inertia: float | None, spent: float) -> tuple[tuple[str, str], ...]:
        """Return what is read off beside the picture."""
        told = [(phrase("played.passes"), phrase("played.passes_value", n=f"{round(passes, 2):g}"))]
        if inertia is not None and not self.is_public:
            told.append((phrase("played.inertia"), f"{inertia:,.1f}"))
        protection = phrase("played.unprotected")
        if self.epsilon is not None:
            shown = {"spent": figures.epsilon(spent), "whole": figures.epsilon(self.epsilon)}
            protection = phrase("played.spent_value", **shown)
        return (*told, (phrase("played.spent"), protection))


# --- runs that look at people in every turn ------------------------------------------------------------------------


def of_trace(trace: Trace, people: FloatArray, *, telling: Telling) -> list[Frame]:
    """Tell a run of plain, mini-batch or private k-means."""
    return _TraceTold(trace=trace, people=people, telling=telling).frames()


@dataclass(frozen=True, slots=True, kw_only=True)
class _TraceTold:
    trace: Trace
    people: FloatArray
    telling: Telling
    batched: bool = field(init=False)
    private: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "batched", self.trace.iterations[0].looked_at is not None)
        object.__setattr__(self, "private", self.trace.iterations[0].cloud is not None)

    def frames(self) -> list[Frame]:
        k = len(self.trace.start)
        start = Clustering(centers=self.trace.start.copy(), weights=np.zeros(k))
        none = self.telling.figures(passes=0, inertia=None, spent=0)
        first = self.telling.figures(passes=0, inertia=nonprivate_inertia(self.people, start), spent=0)
        told = [
            Frame(phase="choose", step=CHOOSE, say=phrase("played.say_choose", k=k), figures=none),
            Frame(
                phase="start",
                step=START,
                say=phrase("played.say_start", k=k),
                figures=first,
                centers=listed(self.trace.start),
            ),
        ]
        for turn, step in enumerate(self.trace.iterations):
            told += self._turn(turn, step, before=told[-1].figures)
        return told

    def _turn(self, turn: int, step: Iteration, *, before: tuple[tuple[str, str], ...]) -> list[Frame]:
        after = self.telling.figures(passes=step.passes, inertia=step.nonprivate_inertia, spent=step.epsilon)
        seen: dict[str, Any] = {"turn": turn, "labels": turn, "territories": True}
        moved = seen | {"centers": listed(step.after), "noise": turn if self.private else -1, "figures": after}
        is_last = turn == len(self.trace.iterations) - 1
        # The looking is done in the assignment: its pass counts from there.
        looked = (after[0], *before[1:])
        return [
            Frame(phase="assign", step=ASSIGN, say=self._assign(turn, step), figures=looked,
                  centers=listed(step.before), **seen),
            Frame(phase="noisy" if self.private else "move", step=MOVE, say=self._move(), **moved),
            Frame(phase="end" if is_last else "repeat", step=REPEAT, say=self._repeat(turn, is_last=is_last), **moved),
        ]  # fmt: skip

    def _assign(self, turn: int, step: Iteration) -> str:
        if step.looked_at is not None:
            return phrase("played.say_assign_batch", people=figures.people(int(step.looked_at.sum())))
        jumped = turn > 0 and not np.array_equal(self.trace.iterations[turn - 1].after, step.before)
        return phrase("played.say_jumped") if jumped else phrase("played.say_assign")

    def _move(self) -> str:
        if self.private:
            return phrase("played.say_noisy_public") if self.telling.is_public else phrase("played.say_noisy")
        return phrase("played.say_move_batch") if self.batched else phrase("played.say_move")

    def _repeat(self, turn: int, *, is_last: bool) -> str:
        turns = {"turn": turn + 1, "of": len(self.trace.iterations)}
        if self.private:
            return (
                phrase("played.say_end_private", **turns) if is_last else phrase("played.say_repeat_private", **turns)
            )
        if self.batched:
            return phrase("played.say_end_batch", **turns) if is_last else phrase("played.say_repeat_batch", **turns)
        if is_last:
            return phrase("played.say_settled") if self.trace.is_settled else phrase("played.say_stopped", **turns)
        return phrase("played.say_repeat", people=figures.people(self.trace.n_changing(turn)))


# --- the run that looks first and never again ------------------------------------------------------------------------


def of_synopsis(trace: SynopsisTrace, people: FloatArray, *, telling: Telling) -> list[Frame]:
    """Tell how a synopsis is bought and then clustered without looking at anybody."""
    return [*_looks(trace, telling), *_free_steps(trace, people, telling)]


def _looks(trace: SynopsisTrace, telling: Telling) -> list[Frame]:
    synopsis = trace.synopsis
    spent = [synopsis.budget.people, synopsis.budget.people + synopsis.budget.histogram, synopsis.budget.total]
    said = (
        phrase("played.say_count", people=figures.people(synopsis.noisy_people)),
        phrase("played.say_cells", n=len(synopsis.cells.weights)),
        phrase("played.say_places", n=len(synopsis.micro_clusters.weights)),
    )
    return [
        Frame(
            phase=phase,
            step=LOOK,
            say=say,
            figures=telling.figures(passes=look + 1, inertia=None, spent=spent[look]),
            gone=look > 0,
        )
        for look, (phase, say) in enumerate(zip(("count", "cells", "places"), said, strict=True))
    ]


def _free_steps(trace: SynopsisTrace, people: FloatArray, telling: Telling) -> list[Frame]:
    k = len(trace.start)
    epsilon = trace.synopsis.budget.total

    def told(centers: FloatArray | None) -> tuple[tuple[str, str], ...]:
        clustering = None if centers is None else Clustering(centers=centers.copy(), weights=np.zeros(k))
        inertia = None if clustering is None else nonprivate_inertia(people, clustering)
        return telling.figures(passes=trace.passes, inertia=inertia, spent=epsilon)

    start = listed(trace.start)
    frames = [
        Frame(phase="choose", step=CHOOSE, say=phrase("played.say_choose_free", k=k), figures=told(None), gone=True),
        Frame(
            phase="start",
            step=START,
            say=phrase("played.say_start_free", k=k),
            figures=told(trace.start),
            centers=start,
            gone=True,
        ),
    ]
    for turn, step in enumerate(trace.iterations):
        seen: dict[str, Any] = {"turn": turn, "labels": turn, "territories": True, "gone": True}
        is_last = turn == len(trace.iterations) - 1
        end = phrase("played.say_end_free", passes=trace.passes) if is_last else phrase("played.say_repeat_free")
        frames += [
            Frame(phase="assign", step=ASSIGN, say=phrase("played.say_assign_free"), figures=told(step.before),
                  centers=listed(step.before), **seen),
            Frame(phase="move", step=MOVE, say=phrase("played.say_move_free"), figures=told(step.after),
                  centers=listed(step.after), **seen),
            Frame(phase="end" if is_last else "repeat", step=REPEAT, say=end, figures=told(step.after),
                  centers=listed(step.after), **seen),
        ]  # fmt: skip
    return frames
