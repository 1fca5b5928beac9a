"""The picture of guess who: everybody the attacker knows, the one in question, and the centres that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray
from ui import figures
from ui.markup import show

#: Others drawn: more would weigh and cover each other.
OTHERS_MOST = 120
#: Room around what is drawn: a part of its extent, and at least this much of the box.
ROOM, ROOM_LEAST = 0.08, 0.02
#: Rings closer than this part of the picture look like one; the lens shows them this part of itself apart.
TOLD_APART, LENS_APART = 0.05, 0.4
#: Labels nearer than this cover each other, or the picture's edge, in percent of the picture.
LABEL_WIDTH, LABEL_HEIGHT = 18.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of the box that is drawn.

    Attributes:
        columns: The two columns drawn; one twice if there is but one.
        low: Least value drawn along each axis, of shape ``(2,)``.
        high: Greatest value, of shape ``(2,)``.
    """

    columns: tuple[int, int]
    low: FloatArray
    high: FloatArray

    def place(self, points: FloatArray) -> FloatArray:
        """Return where rows of the box stand in the picture; what lies outside is put at its edge."""
        placed: FloatArray = np.clip(self._unbounded(points), 0.0, 1.0)
        return placed

    def within(self, points: FloatArray) -> FloatArray:
        """Return where those rows of the box stand that lie in the picture."""
        placed = self._unbounded(points)
        inside: FloatArray = placed[((placed >= 0.0) & (placed <= 1.0)).all(axis=1)]
        return inside

    def _unbounded(self, points: FloatArray) -> FloatArray:
        flat = points[:, list(self.columns)].astype(np.float64)
        placed: FloatArray = (flat - self.low) / (self.high - self.low)
        return placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What all pictures of a game have in common, in the frame; insider.

    Attributes:
        frame: The part of the box that is drawn.
        others: The other people, of shape ``(n_others, 2)``.
        person: The one in question, of shape ``(2,)``.
        inside: Plain centres with the person, of shape ``(n_clusters, 2)``.
        outside: Plain centres without.
        lens: Enlarges the centre that the person moves most; None where that is seen without.
    """

    frame: Frame
    others: FloatArray
    person: FloatArray
    inside: FloatArray
    outside: FloatArray
    lens: "Lens | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """A part of the picture, enlarged.

    Attributes:
        frame: The part of the box that it shows.
        times: How much larger it shows it.
        inside: Plain centres with the person that are in it, of shape ``(n_seen, 2)``.
        outside: Plain centres without.
    """

    frame: Frame
    times: float
    inside: FloatArray
    outside: FloatArray


def scene(points: FloatArray, *, person: int, inside: FloatArray, outside: FloatArray) -> Scene:
    """Look along the two columns in which ``person`` is farthest from where their centre would be.

    Args:
        points: All people in the box, of shape ``(n_people, n_features)``.
        person: Row of the one in question.
        inside: Plain centres with the person, of shape ``(n_clusters, n_features)``.
        outside: Plain centres without.
    """
    place = points[person].astype(np.float64)
    nearest = outside[((outside - place) ** 2).sum(axis=1).argmin()]
    telling = np.sort(np.argsort(-np.abs(place - nearest), kind="stable")[:2])
    columns = (int(telling[0]), int(telling[-1]))
    others = np.delete(points, person, axis=0)
    drawn = np.random.default_rng(0).permutation(len(others))[:OTHERS_MOST]
    flat = np.vstack([others[drawn], place, inside, outside])[:, list(columns)].astype(np.float64)
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = np.maximum(ROOM * (high - low), ROOM_LEAST)
    frame = Frame(low=low - room, high=high + room, columns=columns)
    return Scene(
        frame=frame,
        others=frame.place(others[drawn]),
        person=frame.place(place[np.newaxis])[0],
        inside=frame.place(inside),
        outside=frame.place(outside),
        lens=_lens(frame, inside=inside, outside=outside),
    )


def _lens(frame: Frame, *, inside: FloatArray, outside: FloatArray) -> Lens | None:
    """Look closely at the centre that moves most, if its two places look like one or it moves at all."""
    places, others = frame.place(inside), frame.place(outside)
    apart = np.linalg.norm(places[:, np.newaxis] - others, axis=2)
    moved = int(apart.min(axis=1).argmax())
    shift = float(apart[moved].min())
    if not 0.0 < shift < TOLD_APART:
        return None
    times = LENS_APART / shift
    extent = frame.high - frame.low
    middle = frame.low + extent * (places[moved] + others[apart[moved].argmin()]) / 2.0
    close = Frame(columns=frame.columns, low=middle - extent / times / 2.0, high=middle + extent / times / 2.0)
    return Lens(frame=close, times=times, inside=close.within(inside), outside=close.within(outside))


def draw(
    view: Scene,
    centers: FloatArray,
    sizes: Sequence[str],
    *,
    title: str,
    total: str,
    axes: tuple[str, str],
    alternative: str,
) -> None:
    """Draw one picture; the people and the rings in it are exact, so it wears the insider mark.

    Args:
        view: What all pictures have in common.
        centers: Centres shown, of shape ``(n_clusters, n_features)``, in the box.
        sizes: What stands beside each centre.
        title: What stands above.
        total: What stands below: how many people the picture adds up to.
        axes: What the two axes are.
        alternative: The picture in words.
    """
    lens = view.lens
    show(
        "guess_picture",
        title=title,
        others=_spots(view.others),
        person=_spots(view.person[np.newaxis])[0],
        inside=_spots(view.inside),
        outside=_spots(view.outside),
        centers=_labelled(_spots(view.frame.place(centers)), sizes),
        zoom=None
        if lens is None
        else {
            "times": figures.times(lens.times),
            "inside": _spots(lens.inside),
            "outside": _spots(lens.outside),
            "centers": _spots(lens.frame.within(centers)),
        },
        total=total,
        axes=axes,
        alternative=alternative,
    )


def _labelled(spots: list[dict[str, Any]], sizes: Sequence[str]) -> list[dict[str, Any]]:
    """Give every centre its size, on the side where it covers no other's and stays in the picture."""
    return [
        spot | {"size": size, "label": " ".join(_sides(spot, spots))} for spot, size in zip(spots, sizes, strict=True)
    ]


def _sides(spot: dict[str, Any], spots: list[dict[str, Any]]) -> list[str]:
    def is_below(other: dict[str, Any]) -> bool:
        near = abs(other["x"] - spot["x"]) < LABEL_WIDTH and abs(other["y"] - spot["y"]) < LABEL_HEIGHT
        return near and (other["y"], other["x"]) < (spot["y"], spot["x"])

    sides = ["above"] if spot["y"] < LABEL_HEIGHT or any(is_below(other) for other in spots) else []
    if spot["x"] < LABEL_WIDTH / 2.0:
        sides.append("left")
    return [*sides, "right"] if spot["x"] > 100.0 - LABEL_WIDTH / 2.0 else sides


def _spots(flat: FloatArray) -> list[dict[str, Any]]:
    """Return places in percent from the left and from the bottom."""
    return [{"x": round(100 * float(x), 1), "y": round(100 * float(y), 1)} for x, y in flat]
