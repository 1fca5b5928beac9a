"""A ledger outlives its session: a reload, a second tab and another server find what the same people have spent."""

import pytest

from store import database, ledgers
from store.ledgers import DatabaseLedgers
from tests.pages.test_data import WIDE, upload, uploaded
from tests.pages.visit import calm, drawn, go, go_and_pay, markup, move, notices, pay, press, says, visit, visit_and_pay
from ui.spending import ledgers as keeping
from ui.spending import memory
from ui.text import phrases

WORDS = phrases("ko")


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch):
    """Give every test a database and a server's memory of its own."""
    monkeypatch.setenv(database.URL_VARIABLE, str(tmp_path / "survey.db"))
    for opened in (database.server_database, ledgers.ledger_store, memory.device_memory):
        opened.clear()
    yield
    for opened in (database.server_database, ledgers.ledger_store, memory.device_memory):
        opened.clear()


@pytest.fixture
def browser(monkeypatch):
    """Let visits come from a device, which a test may change."""

    class Browser:
        number = "a" * 22

    for module in (memory, keeping):
        monkeypatch.setattr(module, "current_device", lambda: Browser.number)
    return Browser


def restart_server():
    """Let the server forget what it had in memory."""
    for opened in (database.server_database, ledgers.ledger_store, memory.device_memory):
        opened.clear()


def spent(app):
    """Return what has been spent of the people at hand, by whomever."""
    return [store.ledger.spent for store in app.session_state["releases"].values() if store.ledger.cap]


def reload(app, page="compare"):
    """Load the page anew, as a browser does: a new session with the same address."""
    return visit(page, **dict(app.query_params))


@pytest.mark.usefixtures("browser")
def test_a_reload_keeps_the_upload_its_releases_and_its_ledger():
    before = go_and_pay(uploaded())
    centers = drawn(before)["private"]["centers"]

    after = reload(before)

    assert "60명" in markup(after)
    assert drawn(after)["private"]["centers"] == centers
    assert spent(after) == [1.0]
    assert not notices(after)


@pytest.mark.usefixtures("browser")
def test_a_second_tab_cannot_spend_what_the_first_has_spent():
    first, second = go_and_pay(uploaded()), uploaded()
    move(go(second, "compare"), "epsilon", 5.0)
    pay(move(first, "epsilon", 7.0))

    press(second, "pay_release")

    assert says(second, "context.over_budget") or second.warning
    assert spent(second) == spent(first) == [8.0]


@pytest.mark.usefixtures("browser")
def test_a_restarted_server_knows_the_ledger_but_no_longer_the_release():
    go_and_pay(uploaded())
    restart_server()

    app = go(uploaded(), "compare")

    assert spent(app) == [1.0]
    assert app.get_by_key("pay_release").label == "ε 1 쓰고 보기"
    assert WORDS["offer.elsewhere"].split("{")[0] in markup(app)
    assert spent(pay(app)) == [2.0]
    assert WORDS["ledger.verdict_elsewhere"] in markup(go(app, "privacy"))


@pytest.mark.usefixtures("browser")
def test_the_same_people_in_another_file_go_on_with_their_ledger():
    go_and_pay(uploaded())
    restart_server()
    header, *lines = WIDE.strip().split(b"\n")
    renamed = header.replace(b"food", b"meals").replace(b"id", b"who")
    sorted_anew = b"\n".join([renamed, *sorted(lines, key=lambda line: line[::-1])]) + b"\n"

    assert spent(go(uploaded(sorted_anew), "compare")) == [1.0]
    assert spent(go(uploaded(WIDE + b"p99,1,2,3\n"), "compare"))[-1] == 0.0


def test_another_device_has_a_ledger_of_its_own_unless_the_installation_shares_them(browser, monkeypatch):
    go_and_pay(uploaded())
    browser.number = "b" * 22
    assert spent(go(uploaded(), "compare")) == [0.0]

    monkeypatch.setenv(keeping.SHARED_VARIABLE, "yes")
    restart_server()
    shared = go_and_pay(uploaded())
    assert WORDS["offer.installation"] in markup(move(shared, "epsilon", 0.5))
    browser.number = "c" * 22

    assert spent(go(uploaded(), "compare")) == [1.0]


@pytest.mark.usefixtures("browser")
def test_while_the_ledger_is_out_of_reach_nothing_is_paid_or_drawn(monkeypatch):
    app = go(uploaded(), "compare")

    def away(*_arguments, **_named):
        raise ledgers.LedgerStoreError

    for call in ("look", "charge"):
        monkeypatch.setattr(DatabaseLedgers, call, away)
    calm(app.run())

    assert WORDS["offer.unreachable"] in markup(app)
    assert app.get_by_key("pay_release").disabled


@pytest.mark.usefixtures("browser")
def test_a_ledger_that_goes_out_of_reach_after_the_price_was_said_draws_nothing(monkeypatch):
    app = go(uploaded(), "compare")

    def away(*_arguments, **_named):
        raise ledgers.LedgerStoreError

    monkeypatch.setattr(DatabaseLedgers, "charge", away)
    press(app, "pay_release")

    assert app.warning[0].value == WORDS["offer.unreachable"]
    assert not app.get("bidi_component")
    assert spent(app) == [0.0]


@pytest.mark.usefixtures("browser")
def test_deleting_an_upload_leaves_what_was_spent():
    app = go(go_and_pay(uploaded()), "data")
    assert WORDS["kept.remembered"] in markup(app)

    press(app, "forget_upload")

    assert WORDS["kept.forgotten"] in notices(app)
    assert app.session_state["data"] == "generated"
    assert "forget_upload" not in [button.key for button in app.button]
    assert visit("compare", data="upload").session_state["data"] == "generated"
    assert spent(go(press(upload(go(app, "data"), WIDE), "use_file"), "compare")) == [1.0]


def test_without_a_device_the_screen_says_that_a_reload_forgets():
    app = uploaded()
    assert WORDS["kept.not_remembered"] in markup(app)
    assert WORDS["offer.session"] in markup(go_and_pay(app, "privacy"))

    press(go(app, "data"), "forget_upload")

    assert WORDS["kept.forgotten_session"] in notices(app)


@pytest.mark.usefixtures("browser")
def test_the_public_sample_shows_how_a_ledger_fills_and_starts_anew():
    app = visit_and_pay("compare", data="sample")
    before = drawn(app)["private"]["centers"]
    go(app, "privacy")
    assert WORDS["offer.demonstration"] in markup(app)
    assert spent(visit("compare", data="sample")) == [1.0]

    press(app, "start_anew")

    assert spent(app) == [0.0]
    assert spent(visit("compare", data="sample")) == [0.0]
    # Other noise, and nothing that was worked out of the former.
    assert drawn(go_and_pay(app))["private"]["centers"] != before


@pytest.mark.usefixtures("browser")
def test_an_uploads_ledger_has_no_button_that_starts_it_anew():
    app = go(go_and_pay(uploaded()), "privacy")

    assert "start_anew" not in [button.key for button in app.button]


@pytest.mark.usefixtures("browser")
def test_the_database_holds_nothing_of_the_file(tmp_path):
    go_and_pay(
        uploaded(
            b"id,hedgehog,quince\n"
            + b"".join(b"somebody-%d,%d,%d\n" % (n, n * 11 % 37, n * 29 % 71) for n in range(71))
        )
    )
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("survey.db*"))

    assert b"release" in kept
    assert not [word for word in (b"hedgehog", b"quince", b"somebody", b"upload-", b"aaaaaaaa") if word in kept]
