"""The door: headers on every answer, and no more bytes from a session than it may upload."""

import anyio
import pytest

from tests.ui import aside
from ui.server.guard import HEADERS, UPLOAD_PATH, Headers, UploadBounds
from ui.server.held_bytes import HeldBytes

FILE, SESSION = 100, 150


class Server:
    """A tiny ASGI app behind a middleware: reads what it is sent, answers 204 and remembers."""

    def __init__(self, middleware, **bounds):
        self.app = middleware(self._answer, **bounds)
        self.status = 204
        self.read = []
        self.scopes = []

    async def _answer(self, scope, receive, send):
        self.scopes.append(scope["type"])
        if scope["type"] != "http":
            await send({"type": "websocket.accept"})
            return
        self.read.append(await _body(receive))
        await send({"type": "http.response.start", "status": self.status, "headers": [(b"x-own", b"kept")]})
        await send({"type": "http.response.body"})

    def ask(self, method, path, *chunks, length=None):
        """Send one request in ``chunks``; return the status and the headers of the answer."""
        return aside.run(self._ask, method, path, chunks, length)

    async def _ask(self, method, path, chunks, length):
        waiting, sent = list(chunks) or [b""], []

        async def receive():
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

        async def send(message):
            sent.append(message)

        headers = [] if length is None else [(b"content-length", str(length).encode())]
        await self.app({"type": "http", "method": method, "path": path, "headers": headers}, receive, send)
        start = next(message for message in sent if message["type"] == "http.response.start")
        return start["status"], {name.decode().lower(): value.decode() for name, value in start["headers"]}


async def _body(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message["body"], message["more_body"]
    return body


@pytest.fixture
def bounded():
    return Server(UploadBounds, file_bytes=FILE, session_bytes=SESSION, held=HeldBytes())


def _path(session="s1", file="f1"):
    return f"{UPLOAD_PATH}{session}/{file}"


def _put(server, size, path=None, *, declared=True):
    body = b"x" * size
    halves = body[: size // 2], body[size // 2 :]
    return server.ask("PUT", path or _path(), *halves, length=size if declared else None)[0]


def test_a_file_within_the_bound_arrives_whole(bounded):
    assert _put(bounded, FILE) == 204
    assert bounded.read == [b"x" * FILE]


def test_a_declared_length_over_the_bound_is_refused_unread(bounded):
    assert _put(bounded, FILE + 1) == 413
    assert not bounded.scopes


def test_a_stream_without_a_length_is_cut_off_at_the_bound(bounded):
    assert _put(bounded, FILE + 1, declared=False) == 413
    assert not bounded.read


def test_a_false_length_does_not_help(bounded):
    assert bounded.ask("PUT", _path(), b"x" * FILE, b"x", length=1)[0] == 413


@pytest.mark.parametrize("length", ["-1", "many", ""])
def test_an_unreadable_length_is_no_way_around(bounded, length):
    assert bounded.ask("PUT", _path(), b"x" * (FILE + 1), length=length)[0] == 413


@pytest.mark.parametrize("declared", [True, False])
def test_the_files_of_one_session_add_up(bounded, declared):
    assert _put(bounded, FILE, _path(file="f1"), declared=declared) == 204
    assert _put(bounded, SESSION - FILE + 1, _path(file="f2"), declared=declared) == 413
    assert _put(bounded, SESSION - FILE, _path(file="f3"), declared=declared) == 204


def test_files_sent_at_the_same_time_add_up_as_well(bounded):
    statuses = aside.run(_put_together, bounded.app, 5)

    assert statuses.count(204) * FILE <= SESSION


async def _put_together(app, n_files):
    """Send files side by side: each one's bytes arrive only when all of them have begun."""
    begun, statuses = [], []
    all_begun = anyio.Event()

    async def put(number):
        async def receive():
            begun.append(number)
            if len(begun) == n_files:
                all_begun.set()
            with anyio.move_on_after(1):
                await all_begun.wait()
            return {"type": "http.request", "body": b"x" * FILE, "more_body": False}

        async def send(message):
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await app({"type": "http", "method": "PUT", "path": _path(file=f"f{number}"), "headers": []}, receive, send)

    async with anyio.create_task_group() as group:
        for number in range(n_files):
            group.start_soon(put, number)
    return statuses


def test_sessions_do_not_count_for_each_other(bounded):
    assert _put(bounded, FILE, _path("s1")) == 204
    assert _put(bounded, FILE, _path("s2")) == 204


def test_removing_a_file_frees_its_bytes(bounded):
    _put(bounded, FILE, _path(file="f1"))

    assert bounded.ask("DELETE", _path(file="f1"))[0] == 204
    assert _put(bounded, FILE, _path(file="f2")) == 204


def test_sending_a_file_again_counts_it_once(bounded):
    assert [_put(bounded, FILE) for _ in range(3)] == [204] * 3


def test_a_refused_file_counts_nothing(bounded):
    assert _put(bounded, FILE + 1, _path(file="f1"), declared=False) == 413
    assert _put(bounded, FILE, _path(file="f2")) == 204


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_both_ways_to_upload_are_bounded(bounded, method):
    assert bounded.ask(method, _path(), b"x" * (FILE + 1), length=FILE + 1)[0] == 413


def test_an_app_below_a_path_is_bounded_as_well(bounded):
    assert _put(bounded, FILE + 1, f"/below{_path()}") == 413


@pytest.mark.parametrize("path", ["/", "/compare", "/_stcore/health", "/component/a.js"])
def test_other_addresses_are_left_alone(bounded, path):
    assert bounded.ask("POST", path, b"x" * (10 * SESSION), length=10 * SESSION)[0] == 204
    assert len(bounded.read[0]) == 10 * SESSION


# --- Nothing but a file's own delete forgives its bytes


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_no_other_method_forgives_the_bytes_of_a_file(bounded, method):
    _put(bounded, FILE)
    bounded.ask(method, _path())

    assert _put(bounded, FILE, _path(file="f2")) == 413


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_delete_that_fails_forgives_nothing(status):
    server = Server(UploadBounds, file_bytes=FILE, session_bytes=SESSION, held=HeldBytes())
    _put(server, FILE)
    server.status = status
    server.ask("DELETE", _path())
    server.status = 204

    assert _put(server, FILE, _path(file="f2")) == 413


def test_an_upload_that_the_server_refuses_counts_nothing_and_leaves_the_former_file(bounded):
    _put(bounded, FILE)
    bounded.status = 403
    assert _put(bounded, FILE) == 403
    assert _put(bounded, SESSION - FILE, _path(file="f2")) == 403
    bounded.status = 204

    assert _put(bounded, SESSION - FILE + 1, _path(file="f3")) == 413
    assert _put(bounded, SESSION - FILE, _path(file="f3")) == 204


def test_ten_thousand_invented_sessions_reset_nothing_and_leave_nothing():
    held = HeldBytes(knows=lambda session: session == "s1")
    server = Server(UploadBounds, file_bytes=FILE, session_bytes=SESSION, held=held)
    _put(server, FILE)
    statuses = {_put(server, 1, _path(f"x{number}")) for number in range(50)}

    assert statuses == {400}
    assert list(held._sessions) == ["s1"]
    assert _put(server, FILE, _path(file="f2")) == 413


# --- All sessions together


@pytest.fixture
def crowded():
    held = HeldBytes(knows=lambda _session: True, total_max=2 * FILE)
    return Server(UploadBounds, file_bytes=FILE, session_bytes=SESSION, held=held)


@pytest.mark.parametrize("declared", [True, False])
def test_where_all_files_together_fill_the_server_one_is_asked_to_come_later(crowded, declared):
    assert [_put(crowded, FILE, _path(f"s{number}"), declared=declared) for number in range(2)] == [204, 204]
    status, headers = crowded.ask("PUT", _path("s3"), b"x", length=1)

    assert (status, headers["retry-after"]) == (503, "120")
    assert crowded.app.held.is_full


def test_a_file_that_would_overfill_the_server_is_cut_off_and_counts_nothing(crowded):
    _put(crowded, FILE, _path("s1"))
    _put(crowded, FILE // 2, _path("s2"))

    assert _put(crowded, FILE, _path("s3")) == 503
    assert _put(crowded, FILE // 2, _path("s3")) == 204


def test_there_is_room_again_after_a_delete(crowded):
    for number in range(2):
        _put(crowded, FILE, _path(f"s{number}"))
    crowded.ask("DELETE", _path("s1"))

    assert _put(crowded, FILE, _path("s3")) == 204


def test_what_is_only_announced_takes_no_room_from_others(crowded):
    def announce():
        return crowded.ask("PUT", _path("s1"), length=FILE)

    assert announce()[0] == 204
    assert _put(crowded, FILE, _path("s2")) == 204


# --- Uploads that never end


def test_a_sender_who_falls_silent_is_let_go_and_counts_nothing(bounded, monkeypatch):
    monkeypatch.setattr("ui.server.guard.SILENT_SECONDS", 0.05)

    assert aside.run(_send_half, bounded.app) == 408
    assert not bounded.app.held._sessions


def test_a_sender_who_drips_is_let_go_after_all(bounded, monkeypatch):
    monkeypatch.setattr("ui.server.guard.UPLOAD_SECONDS", 0.05)

    assert aside.run(_send_half, bounded.app) == 408


async def _send_half(app):
    """Send one byte of a file, then nothing for ever; return how that is answered."""
    messages, statuses = [{"type": "http.request", "body": b"x", "more_body": True}], []

    async def receive():
        if not messages:
            await anyio.sleep_forever()
        return messages.pop()

    async def send(message):
        statuses.append(message.get("status"))

    scope = {"type": "http", "method": "PUT", "path": _path(), "headers": [(b"content-length", b"50")]}
    await app(scope, receive, send)
    return statuses[0]


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("PUT", _path()), ("GET", "/_stcore/health")])
def test_every_answer_wears_the_headers_and_keeps_its_own(method, path):
    status, headers = Server(Headers).ask(method, path)

    assert status == 204
    assert headers["x-own"] == "kept"
    assert headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()


def test_a_refusal_wears_the_headers_as_well():
    server = Server(lambda app: Headers(UploadBounds(app, file_bytes=FILE, session_bytes=SESSION, held=HeldBytes())))

    status, headers = server.ask("PUT", _path(), length=FILE + 1)

    assert status == 413
    assert headers["x-frame-options"] == "DENY"


def test_the_content_policy_lets_nothing_come_from_elsewhere():
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("middleware", [Headers, UploadBounds])
def test_websockets_pass_untouched(middleware):
    sent = []

    async def connect():
        async def send(message):
            sent.append(message)

        await Server(middleware).app({"type": "websocket", "path": "/_stcore/stream"}, None, send)

    aside.run(connect)

    assert sent == [{"type": "websocket.accept"}]
