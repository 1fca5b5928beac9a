"""Frames of a run that passes over the people in every iteration: plain, mini-batch or private k-means."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.trace.kmeans import Iteration, Trace
from core.clustering.types import Clustering
from ui import figures
from ui.lab.player_frames import ASSIGN, CHOOSE, MOVE, REPEAT, START, FigureFormat, Figures, PlayerFrame, to_rows
from ui.text import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class LloydFrames:
    """Makes the frames of one trace.

    Attributes:
        trace: The run.
        people: The points that it ran on.
        form: How its figures are written.
    """

    trace: Trace
    people: FloatArray
    form: FigureFormat

    def make(self) -> list[PlayerFrame]:
        """Return all frames in order: choosing k, the first centres, and three for each iteration."""
        frames = self._opening()
        for number, iteration in enumerate(self.trace.iterations):
            frames += self._iteration(number, iteration, before=frames[-1].figures)
        return frames

    @property
    def _is_minibatch(self) -> bool:
        return self.trace.iterations[0].looked_at is not None

    @property
    def _is_private(self) -> bool:
        return self.trace.iterations[0].cloud is not None

    def _opening(self) -> list[PlayerFrame]:
        start = self.trace.start
        k = len(start)
        inertia = nonprivate_inertia(self.people, Clustering(centers=start.copy(), weights=np.zeros(k)))
        return [
            PlayerFrame(
                phase="choose",
                step=CHOOSE,
                say=phrase("played.say_choose", k=k),
                figures=self.form.write(passes=0, inertia=None, spent=0),
            ),
            PlayerFrame(
                phase="start",
                step=START,
                say=phrase("played.say_start", k=k),
                figures=self.form.write(passes=0, inertia=inertia, spent=0),
                centers=to_rows(start),
            ),
        ]

    def _iteration(self, number: int, iteration: Iteration, *, before: Figures) -> list[PlayerFrame]:
        after = self.form.write(passes=iteration.passes, inertia=iteration.nonprivate_inertia, spent=iteration.epsilon)
        shown: dict[str, Any] = {"turn": number, "labels": number, "territories": True}
        noise = number if self._is_private else -1
        moved = shown | {"centers": to_rows(iteration.after), "noise": noise, "figures": after}
        is_last = number == len(self.trace.iterations) - 1
        return [
            PlayerFrame(
                phase="assign",
                step=ASSIGN,
                say=self._say_assign(number, iteration),
                # The people are read in the assignment: its pass counts from there.
                figures=(after[0], *before[1:]),
                centers=to_rows(iteration.before),
                **shown,
            ),
            PlayerFrame(phase="noisy" if self._is_private else "move", step=MOVE, say=self._say_move(), **moved),
            PlayerFrame(
                phase="end" if is_last else "repeat",
                step=REPEAT,
                say=self._say_end(number) if is_last else self._say_repeat(number),
                **moved,
            ),
        ]

    def _say_assign(self, number: int, iteration: Iteration) -> str:
        if iteration.looked_at is not None:
            return phrase("played.say_assign_batch", people=figures.people(int(iteration.looked_at.sum())))
        jumped = number > 0 and not np.array_equal(self.trace.iterations[number - 1].after, iteration.before)
        return phrase("played.say_jumped") if jumped else phrase("played.say_assign")

    def _say_move(self) -> str:
        if self._is_private:
            return phrase("played.say_noisy_public") if self.form.is_public else phrase("played.say_noisy")
        return phrase("played.say_move_batch") if self._is_minibatch else phrase("played.say_move")

    def _say_repeat(self, number: int) -> str:
        count = self._count(number)
        if self._is_private:
            return phrase("played.say_repeat_private", **count)
        if self._is_minibatch:
            return phrase("played.say_repeat_batch", **count)
        return phrase("played.say_repeat", people=figures.people(self.trace.n_changing(number)))

    def _say_end(self, number: int) -> str:
        count = self._count(number)
        if self._is_private:
            return phrase("played.say_end_private", **count)
        if self._is_minibatch:
            return phrase("played.say_end_batch", **count)
        return phrase("played.say_settled") if self.trace.is_settled else phrase("played.say_stopped", **count)

    def _count(self, number: int) -> dict[str, int]:
        return {"turn": number + 1, "of": len(self.trace.iterations)}
