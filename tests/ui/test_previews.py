"""Previews on their way to browsers: made when one asks, kept for all or for one session, sent compressed."""

import gc
import gzip

import anyio
import pytest
from starlette.applications import Starlette

from core.progress import Progress
from tests.pages.inline import InlineWorker
from tests.ui import aside
from ui import jobs
from ui.server import previews


def count(order):
    """Yield what was ordered, as a preview does."""
    yield Progress(done=0, total=1)
    yield Progress(done=1, total=1, result=gzip.compress(f"{order}".encode()))


def fail(order):
    """Never yield a result."""
    yield Progress(done=0, total=order)
    raise ValueError(order)


@pytest.fixture(autouse=True)
def inline(monkeypatch):
    """Do the work here."""
    monkeypatch.setattr(jobs, "Worker", InlineWorker)


def _ask(address):
    """Return status, headers and body with which the app answers who asks for a preview."""
    sent = []

    async def receive():
        await anyio.sleep_forever()

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": address, "root_path": "", "headers": [], "query_string": b""}
    aside.run(Starlette(routes=[previews.route]), scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_a_preview_of_practice_data_is_made_once_and_kept_by_browsers():
    address = previews.offer("practice", previews.Preview(count, 7, is_shared=True))

    answers = [_ask(address) for _ in range(2)]
    previews.offer("practice", previews.Preview(fail, 7, is_shared=True))

    assert _ask(address) == answers[0] == answers[1]
    status, headers, body = answers[0]
    assert (status, gzip.decompress(body)) == (200, b"7")
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]


def test_a_preview_of_peoples_data_is_found_as_long_as_its_session_holds_it():
    own = previews.Preview(count, 3, is_shared=False)
    address = previews.offer("secret", own)

    status, headers, _ = _ask(address)
    del own
    gc.collect()

    assert (status, headers["cache-control"]) == (200, "private, no-store")
    assert _ask(address)[0] == 404


def test_nobody_finds_what_was_never_offered_and_waits_for_what_is_not_there(monkeypatch):
    monkeypatch.setattr(previews, "WAIT_SECONDS", 0.0)
    address = previews.offer("broken", previews.Preview(count, 1, is_shared=True))
    monkeypatch.setattr(previews.Preview, "begin", lambda _: type("Waiting", (), {"state": None, "result": None})())

    assert _ask(previews.address_of("unknown"))[0] == 404
    status, headers, _ = _ask(address)
    assert (status, headers["cache-control"]) == (202, "no-store")


def test_of_many_previews_the_last_ones_are_kept():
    addresses = [
        previews.offer(f"kept-{n}", previews.Preview(count, n, is_shared=True)) for n in range(previews.KEPT + 1)
    ]

    assert [_ask(address)[0] for address in (addresses[0], addresses[1], addresses[-1])] == [404, 200, 200]
