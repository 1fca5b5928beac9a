"""What one visitor uploads stays with them: not on another's pages, not in the caches for all, not in the log."""

import logging

import pytest

from tests.pages.test_data import upload
from tests.pages.visit import calm, elements, go, go_and_pay, move, press, visit
from ui.frame import PAGES

#: Words that stand in the first visitor's file and nowhere else.
TELLING = ("hedgehog", "quince", "somebody-17")
FIRST = b"id,hedgehog,quince\n" + b"".join(b"somebody-%d,%d,%d\n" % (n, 3 + n % 7, 1 + n % 5) for n in range(71))
SECOND = b"id,food (10k won),health (10k won)\n" + b"".join(b"p%d,%d,%d\n" % (n, n % 9, n % 4) for n in range(53))


def _walked(content):
    """Upload ``content``, look at every page, and return all that was sent to this visitor."""
    app = press(upload(visit("data"), content), "use_file")
    sent = [_everything(app)]
    for page in PAGES:
        go_and_pay(app, page)
        if page == "recommend":
            calm(app.run())
        sent.append(_everything(app))
    return app, "".join(sent)


def _everything(app):
    return "".join(str(element.proto) for element in elements(app) if getattr(element, "proto", None) is not None)


@pytest.fixture(scope="module")
def visits():
    """Let the first visitor walk all pages, then the second, then the first once more."""
    log = _Kept()
    logging.getLogger().addHandler(log)
    first, first_sent = _walked(FIRST)
    second, second_sent = _walked(SECOND)
    again = _everything(go(first, "data"))
    logging.getLogger().removeHandler(log)
    return {"first": first, "second": second, "sent": (first_sent, second_sent, again), "log": "\n".join(log.lines)}


class _Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def test_the_first_visitor_sees_their_own_words(visits):
    first_sent, _, again = visits["sent"]

    assert all(word in first_sent for word in TELLING[:2])
    assert TELLING[0] in again


def test_nothing_of_the_first_visitor_reaches_the_second(visits):
    _, second_sent, _ = visits["sent"]

    assert "53명" in second_sent
    assert not [word for word in (*TELLING, "71명") if word in second_sent]


def test_the_first_visitor_still_sees_their_own_data_afterwards(visits):
    assert "71명" in visits["sent"][2]
    assert "53명" not in visits["sent"][2]


def test_no_log_tells_of_anybodys_data(visits):
    assert not [word for word in TELLING if word in visits["log"]]


def test_the_ledgers_are_two(visits):
    purses = [visits[who].session_state["releases"] for who in ("first", "second")]

    assert not {id(each) for each in purses[0].values()} & {id(each) for each in purses[1].values()}
    assert all(any(each.ledger.spent for each in purse.values()) for purse in purses)


def test_a_link_of_the_first_visitor_carries_nothing_of_the_file(visits):
    first = move(go_and_pay(visits["first"]), "axis_x", "hedgehog")

    followed = visit("compare", **first.query_params)

    assert not [word for word in ("quince", "somebody") if word in _everything(followed)]
    assert "71명" not in _everything(followed)
