"""The data page: every source leads to its table, and the former table stays until the new one is whole."""

import pytest

from core.data import SOURCES, Recipe
from core.ingest import long_template, wide_template
from tests.pages.visit import go, go_and_pay, markup, move, press, visit
from ui.text import phrases

WORDS = phrases("ko")
WIDE = b"id,food (10k won),transport (10k won),health (10k won)\n" + b"".join(
    b"p%d,%d,%d,%d\n" % (n, 30 + n % 7, 10 + n % 5, 5 + n % 3) for n in range(60)
)


def upload(app, content, name="spending.csv"):
    """Choose the way of the file and hand in ``content``."""
    move(app, "way", "upload")
    app.file_uploader[0].set_value((name, content, "text/csv"))
    app.run()
    assert not app.exception
    return app


def uploaded(content=WIDE):
    return press(upload(visit("data"), content), "use_file")


@pytest.mark.parametrize("way", [key for key, source in SOURCES.items() if source.load])
def test_each_way_leads_to_its_people(way):
    people = f"{SOURCES[way].load(Recipe()).n_people:,}명"
    app = visit("data") if way == "generated" else move(visit("data"), "way", way)

    assert people in markup(app)
    assert WORDS[f"names.data_{way}"] in markup(go(app, "compare"))


def test_the_generator_makes_as_many_people_as_asked():
    app = move(move(visit("data"), "people", 300), "personas", 2)

    assert "300명" in markup(app)
    assert app.query_params == {"people": "300", "personas": "2"}


def test_another_seed_gives_other_people():
    app = visit("data")
    before = markup(app)

    assert markup(move(app, "seed", 1)) != before


def test_the_way_of_the_file_keeps_the_former_data_until_a_file_is_there():
    app = move(visit("data"), "way", "upload")

    assert app.session_state["data"] == "generated"
    assert "10,000명" in markup(app)


def test_an_uploaded_file_becomes_the_data_at_hand_on_every_page():
    app = uploaded()

    assert "60명" in markup(app)
    shown = markup(go(app, "compare"))
    assert WORDS["names.data_upload"] in shown
    assert "60명" in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_korean_encodings_are_read_alike(encoding):
    text = wide_template("ko").decode("utf-8-sig")
    lines = text.splitlines()
    content = "\n".join([lines[0], *[line.replace(",", f"{n},", 3) for n in range(4) for line in lines[1:6]]])

    assert "20명" in markup(uploaded(content.encode(encoding)))


def test_two_columns_of_one_name_are_both_there_and_told_apart():
    content = b"id,spend,spend\n" + b"".join(b"p%d,%d,%d\n" % (n, 30 + n % 7, 10 + n % 5) for n in range(60))

    shown = markup(uploaded(content))

    assert "<strong>spend</strong>" in shown
    assert "<strong>spend (2)</strong>" in shown


@pytest.mark.parametrize("template", [wide_template, long_template])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_templates_are_files_that_can_be_handed_in(template, language):
    assert "5명" in markup(uploaded(template(language)))


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (b"", "a.csv", "empty_file"),
        (b"id,food,health\n", "a.csv", "header_only"),
        (b"PK\x03\x04" + bytes(200), "a.csv", "archive"),
        (b"PAR1" + b"\x01" * 40, "a.parquet", "broken_parquet"),
        (b"<!DOCTYPE html><html><body></body></html>", "a.csv", "web_page"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_the_former_data_stays(content, name, problem):
    app = upload(uploaded(), content, name)

    assert [error.value for error in app.error] == [WORDS[f"load.{problem}"]]
    assert "60명" in markup(app)
    assert app.session_state["data"] == "upload"


def test_one_person_is_too_few_and_the_former_data_stays():
    app = upload(visit("data"), b"id,food (10k won),health (10k won)\na,1,2\n")

    assert [error.value for error in app.error] == [WORDS["load.too_few_people"].format(people="1", least="2")]
    assert app.session_state["data"] == "generated"


def test_rejected_rows_are_told_with_their_reasons():
    app = uploaded(WIDE + b"p999,=1+1,2,3\np1000,,2,3\n")

    told = "\n".join(text.value for text in app.markdown)
    assert WORDS["rejection.formula"] in told
    assert WORDS["rejection.missing"] in told


def test_two_visitors_do_not_see_each_others_files():
    other = WIDE.replace(b"p0,", b"q0,") + b"q99,1,2,3\n"
    first, second = uploaded(), uploaded(other)

    assert "60명" in markup(go(first, "compare"))
    assert "61명" in markup(go(second, "compare"))
    assert first.session_state["upload"] is not second.session_state["upload"]
    assert "60명" in markup(go(first, "data"))


def test_two_visitors_with_the_same_file_draw_their_own_noise_and_keep_their_own_ledgers():
    first, second = (go_and_pay(uploaded()) for _ in range(2))

    purses = [
        next(bought for bought in app.session_state["releases"].values() if bought.ledger.cap)
        for app in (first, second)
    ]
    releases = [next(iter(purse._kept.values())) for purse in purses]
    assert purses[0].ledger is not purses[1].ledger
    assert releases[0].is_private
    assert releases[0].to_json() != releases[1].to_json()


def test_the_same_file_with_other_bounds_keeps_its_ledger():
    app = go_and_pay(uploaded())
    spent = sum(bought.ledger.spent for bought in app.session_state["releases"].values() if bought.ledger.cap)
    app = press(upload(go(app, "data"), WIDE, "again.csv"), "use_file")
    go_and_pay(app)

    assert spent == pytest.approx(1)
    assert len([bought for bought in app.session_state["releases"].values() if bought.ledger.cap]) == 1


def purses(app):
    """Return what was bought of people, with its ledgers."""
    return [bought for bought in app.session_state["releases"].values() if bought.ledger.cap]


def test_choosing_data_releases_nothing():
    assert [bought.ledger.entries for bought in purses(uploaded())] == [()]
    assert [bought.ledger.entries for bought in purses(visit("data", data="sample"))] == [()]


def test_the_same_file_with_another_meaning_keeps_its_ledger_and_its_cap():
    app = go_and_pay(move(uploaded(), "cap_value", 3.0))
    app = move(upload(go(app, "data"), WIDE, "again.csv"), "details_1", value=True)
    (products,) = (box.key for box in app.multiselect if box.key.startswith("products_"))
    app = go_and_pay(press(move(app, products, ["health (10k won)"]), "use_file"))

    (only,) = purses(app)
    assert len({entry.key for entry in only.ledger.entries}) == 2
    assert (only.ledger.spent, only.ledger.cap) == (pytest.approx(2), 3.0)


def test_the_same_people_from_a_file_of_other_bytes_keep_their_ledger():
    app = go_and_pay(uploaded())
    app = go_and_pay(press(upload(go(app, "data"), WIDE.replace(b"\n", b"\r\n"), "windows.csv"), "use_file"))

    (only,) = purses(app)
    assert only.ledger.spent == pytest.approx(1)


def test_going_to_other_data_and_back_cannot_clear_the_ledger():
    app = go_and_pay(uploaded())
    for way in ("sample", "generated", "upload"):
        app = go_and_pay(move(go(app, "data"), "way", way))

    assert [bought.ledger.spent for bought in purses(app)] == [pytest.approx(1)] * 2
    assert "ε 1 / 10" in markup(app)


def test_other_people_get_a_ledger_of_their_own():
    app = go_and_pay(uploaded())
    app = go_and_pay(press(upload(go(app, "data"), WIDE + b"p99,1,2,3\n", "more.csv"), "use_file"))

    assert [bought.ledger.spent for bought in purses(app)] == [pytest.approx(1)] * 2


def test_the_public_view_shows_columns_and_bounds_only():
    shown = markup(visit("data", only_public="1"))

    assert WORDS["preview.public"] in shown
    assert "10,000명" not in shown
