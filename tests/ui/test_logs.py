"""Logs of requests name no person, room, file or column: whatever stands behind a question mark stays out of them."""

import logging
import re
import threading
from http.client import HTTPConnection

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.browser.server import HOST, ROOT, free_port
from ui.server import logs

ASKED = "/recommend?person=4711&room=123456&file=people.csv&bounds=income:1:2"
SECRETS = ("4711", "123456", "people.csv", "income", "person", "room=")


@pytest.fixture
def heard():
    """Let uvicorn's loggers be heard as a server's console hears them, and be as before afterwards."""
    lines = []

    class Console(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    console, before = Console(), {name: list(logging.getLogger(name).filters) for name in logs.LOGGERS}
    logs.install()
    for name in logs.LOGGERS:
        logging.getLogger(name).addHandler(console)
        logging.getLogger(name).setLevel(logging.INFO)
    yield lines
    for name in logs.LOGGERS:
        logging.getLogger(name).removeHandler(console)
        logging.getLogger(name).filters = before[name]


def test_the_server_s_access_log_says_which_page_and_nothing_of_what_was_asked(heard):
    port = free_port()
    everything = Route("/{path:path}", lambda _request: PlainTextResponse("here"))
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=[everything]), host=HOST, port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    for address in (ASKED, "/sagram-room/123456/0a1b2c3d", "/123456"):
        connection = HTTPConnection(HOST, port)
        connection.request("GET", address)
        connection.getresponse().read()
        connection.close()
    server.should_exit = True
    thread.join()

    said = [line for line in heard if "GET" in line]
    assert [re.search(r"GET (\S+) HTTP", line)[1] for line in said] == ["/recommend", "/sagram-room", "/"]
    assert not [secret for secret in SECRETS if any(secret in line for line in heard)]


def test_sockets_are_logged_without_what_was_asked(heard):
    logging.getLogger("uvicorn.error").info(
        '%s - "WebSocket %s" [accepted]', ("127.0.0.1", 1), "/_stcore/stream?room=1"
    )

    assert heard[-1].endswith('"WebSocket /_stcore/stream" [accepted]')


def test_the_filter_is_there_before_the_first_request_and_once():
    assert "logs.install()" in (ROOT / "app.py").read_text(encoding="utf-8")
    logs.install()
    logs.install()

    assert sum(isinstance(known, logs.AddressFilter) for known in logging.getLogger("uvicorn.access").filters) == 1
