"""Groups' shapes as outlines: the comparison's, in its order, whatever signs a system's fonts hold."""

import json
import math
import re
from pathlib import Path

import pytest

from ui.lab import shapes
from ui.lab.group_styles import style_of

#: The corners of radius 1 by plotly's names, which the comparison's own script is tested against as well.
CORNERS = json.loads((Path(__file__).parents[1] / "shapes.json").read_text())


def test_the_shapes_are_the_comparisons_in_its_order():
    assert list(shapes.OUTLINES) == list(CORNERS)
    for symbol, corners in CORNERS.items():
        drawn = shapes.OUTLINES[symbol]
        if symbol == "circle":
            # The comparison draws it by an arc, which has no corners.
            assert corners == []
            assert [math.hypot(*corner) for corner in drawn] == pytest.approx([1.0] * len(drawn))
        else:
            assert [[round(x, 4), round(y, 4)] for x, y in drawn] == corners


def test_a_square_has_its_corners_and_a_cross_its_twelve():
    assert {(round(x, 2), round(y, 2)) for x, y in shapes.OUTLINES["square"]} == {
        *((0.88, 0.88), (-0.88, 0.88), (-0.88, -0.88), (0.88, -0.88)),
    }
    assert {(round(abs(x), 2), round(abs(y), 2)) for x, y in shapes.OUTLINES["cross"]} == {
        *((0.42, 1.15), (0.42, 0.42), (1.15, 0.42)),
    }
    assert len(shapes.OUTLINES["cross"]) == 12


@pytest.mark.parametrize("symbol", shapes.OUTLINES)
def test_a_shape_stays_in_its_box_and_turns_around_once(symbol):
    corners = shapes.OUTLINES[symbol]

    assert max(abs(end) for corner in corners for end in corner) <= shapes.REACH
    # Twice the area within, positive for corners that go around once in one direction.
    around = zip(corners, corners[1:] + corners[:1], strict=True)
    assert 1.0 < sum(x * down - across * y for (x, y), (across, down) in around) < 7.0
    assert all(0.0 <= float(end) <= 100.0 for end in re.findall(r"([\d.-]+)%", shapes.css(symbol)))


def test_a_shape_stands_around_its_place_of_a_drawing():
    assert shapes.svg("diamond", x=10.0, y=20.0, radius=4.0) == "15.0,20.0 10.0,25.0 5.0,20.0 10.0,15.0"


def test_twelve_groups_have_twelve_looks_none_of_them_a_sign_of_a_font():
    looks = [style_of(group) for group in range(12)]

    assert len({each.symbol for each in looks}) == 12
    assert len({each.clip for each in looks}) == 12
