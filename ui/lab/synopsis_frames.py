"""Frames of a run on a synopsis: three passes release it, and k-means then runs on it without reading anybody again."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray
from core.clustering.inertia import nonprivate_inertia
from core.clustering.trace.synopsis import SynopsisTrace
from core.clustering.types import Clustering
from ui import figures
from ui.lab.player_frames import (
    ASSIGN,
    CHOOSE,
    LOOK,
    MOVE,
    REPEAT,
    START,
    FigureFormat,
    Figures,
    PlayerFrame,
    to_rows,
)
from ui.text import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class SynopsisFrames:
    """Makes the frames of one trace.

    Attributes:
        trace: The run.
        people: The points that the synopsis was released from.
        form: How its figures are written.
    """

    trace: SynopsisTrace
    people: FloatArray
    form: FigureFormat

    def make(self) -> list[PlayerFrame]:
        """Return all frames in order: the three passes of the release, then free clustering."""
        frames = [*self._release(), *self._opening()]
        for number in range(len(self.trace.iterations)):
            frames += self._iteration(number)
        return frames

    def _release(self) -> list[PlayerFrame]:
        synopsis = self.trace.synopsis
        budget = synopsis.budget
        spent = (budget.people, budget.people + budget.histogram, budget.total)
        sentences = {
            "count": phrase("played.say_count", people=figures.people(synopsis.noisy_people)),
            "cells": phrase("played.say_cells", n=len(synopsis.cells.weights)),
            "places": phrase("played.say_places", n=len(synopsis.micro_clusters.weights)),
        }
        return [
            PlayerFrame(
                phase=phase,
                step=LOOK,
                say=say,
                figures=self.form.write(passes=i + 1, inertia=None, spent=spent[i]),
                gone=i > 0,
            )
            for i, (phase, say) in enumerate(sentences.items())
        ]

    def _opening(self) -> list[PlayerFrame]:
        start = self.trace.start
        return [
            PlayerFrame(
                phase="choose",
                step=CHOOSE,
                say=phrase("played.say_choose_free", k=len(start)),
                figures=self._write_figures(None),
                gone=True,
            ),
            PlayerFrame(
                phase="start",
                step=START,
                say=phrase("played.say_start_free", k=len(start)),
                figures=self._write_figures(start),
                centers=to_rows(start),
                gone=True,
            ),
        ]

    def _iteration(self, number: int) -> list[PlayerFrame]:
        iteration = self.trace.iterations[number]
        is_last = number == len(self.trace.iterations) - 1
        end = phrase("played.say_end_free", passes=self.trace.passes) if is_last else phrase("played.say_repeat_free")
        shown: dict[str, Any] = {"turn": number, "labels": number, "territories": True, "gone": True}
        before = shown | {"figures": self._write_figures(iteration.before), "centers": to_rows(iteration.before)}
        after = shown | {"figures": self._write_figures(iteration.after), "centers": to_rows(iteration.after)}
        return [
            PlayerFrame(phase="assign", step=ASSIGN, say=phrase("played.say_assign_free"), **before),
            PlayerFrame(phase="move", step=MOVE, say=phrase("played.say_move_free"), **after),
            PlayerFrame(phase="end" if is_last else "repeat", step=REPEAT, say=end, **after),
        ]

    def _write_figures(self, centers: FloatArray | None) -> Figures:
        inertia = None
        if centers is not None:
            clustering = Clustering(centers=centers.copy(), weights=np.zeros(len(centers)))
            inertia = nonprivate_inertia(self.people, clustering)
        return self.form.write(passes=self.trace.passes, inertia=inertia, spent=self.trace.synopsis.budget.total)
