"""Why hiding names is not enough, on the privacy page: what is known, how precisely, and who is left alone."""

from collections import Counter

import pytest

from core.data.generate import prototype_2020
from tests.pages.visit import go, markup, move, visit
from ui.privacy.attack.reidentification import share_tiles
from ui.text import phrases

WORDS = phrases("ko")


def opened(**link):
    return visit("privacy", part="names", **link)


def crowds(columns, bins):
    """Count, for each of the prototype's people, who shares their classes of all ``columns``; bounds are 0 and 100."""
    rows = [tuple(min(int(row[j] * bins / 100), bins - 1) for j in columns) for row in prototype_2020().values]
    together = Counter(rows)
    return [together[row] for row in rows]


@pytest.mark.parametrize("bins", [10, 20])
def test_the_sentence_says_how_many_stand_alone(bins):
    app = opened(data="prototype", known_bins=str(bins))

    alone = f"{crowds([0, 1, 2], bins).count(1)}명"
    known = WORDS["attack.know_3"]
    assert WORDS["attack.alone"].format(known=known, people="30명", alone=alone) in markup(app)
    assert WORDS["marks.insider"] in markup(app)


def test_where_nobody_stands_alone_the_smallest_crowd_is_told():
    app = move(opened(data="prototype", known_bins="5"), "known", ["recreation"])

    least = f"{min(crowds([2], 5))}명"
    known = WORDS["attack.know_1"]
    assert WORDS["attack.nobody_alone"].format(known=known, least=least) in markup(app)


def test_a_fifth_thing_takes_the_place_of_the_first():
    app = opened()
    app = move(app, "known", [*app.get_by_key("known").value, "transport", "health"])

    assert app.get_by_key("known").value == ["alcohol_tobacco", "clothing", "transport", "health"]


def test_knowing_nothing_is_answered_with_what_to_do():
    app = move(opened(), "known", [])

    assert WORDS["attack.nothing_known"] in markup(app)


def test_other_data_offers_its_own_columns():
    app = move(opened(), "known", ["health"])
    move(go(app, "data"), "way", "prototype")

    assert go(app, "privacy").get_by_key("known").value == ["restaurants", "transport", "recreation"]


def test_what_is_known_survives_another_page():
    app = move(opened(), "known", ["health"])
    go(app, "compare")

    assert go(app, "privacy").get_by_key("known").value == ["health"]


@pytest.mark.parametrize("data", ["generated", "prototype", "sample"])
def test_the_public_view_counts_nobody(data):
    app = opened(data=data, only_public="1")

    assert [info.value for info in app.info] == [WORDS["attack.insider_only"]]
    assert '<section class="panel crowds"' not in markup(app)


@pytest.mark.parametrize("shares", [[0.334, 0.333, 0.333], [0.995, 0.005], [1.0, 0.0], [0.2] * 5, [1 / 7] * 7])
def test_the_tiles_are_a_hundred_and_none_is_further_off_than_one(shares):
    given = share_tiles(shares)

    assert sum(given) == 100
    assert all(abs(count - 100 * share) < 1 for count, share in zip(given, shares, strict=True))


@pytest.mark.parametrize(
    ("known", "said"), [(1, WORDS["attack.alone_so"].format(others=2)), (2, WORDS["attack.alone_so_1"]), (3, None)]
)
def test_who_stands_alone_gives_away_what_is_left_one_column_many_or_none(known, said):
    # At the finest classes somebody of the prototype's thirty stands alone even by one column.
    app = opened(data="prototype", known_bins="100")
    app = move(app, "known", app.get_by_key("known").value[:known])

    so = [WORDS["attack.alone_so"].partition("{")[0], WORDS["attack.alone_so_1"]]
    assert said in markup(app) if said else not any(words in markup(app) for words in so)
