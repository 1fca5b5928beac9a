"""The picture of guess who: everybody the attacker knows, the one in question, and the centres that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.arrays import FloatArray
from ui.markup import show

#: Others drawn: more would weigh and cover each other.
OTHERS_MOST = 120
#: Room around what is drawn: a part of its extent, and at least this much of the box.
ROOM, ROOM_LEAST = 0.08, 0.02


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
        flat = points[:, list(self.columns)].astype(np.float64)
        placed: FloatArray = np.clip((flat - self.low) / (self.high - self.low), 0.0, 1.0)
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
    """

    frame: Frame
    others: FloatArray
    person: FloatArray
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
    )


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
    show(
        "guess_picture",
        title=title,
        others=_spots(view.others),
        person=_spots(view.person[np.newaxis])[0],
        inside=_spots(view.inside),
        outside=_spots(view.outside),
        centers=[spot | {"size": size} for spot, size in zip(_spots(view.frame.place(centers)), sizes, strict=True)],
        total=total,
        axes=axes,
        alternative=alternative,
    )


def _spots(flat: FloatArray) -> list[dict[str, Any]]:
    """Return places in percent from the left and from the bottom."""
    return [{"x": round(100 * float(x), 1), "y": round(100 * float(y), 1)} for x, y in flat]
