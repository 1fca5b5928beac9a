"""A browser gets a number that only this installation can sign, in a cookie that no script reads."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.ui import aside
from ui.server import device

KEY = b"k" * 32


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """Let a test have an installation that has no key yet."""
    path = tmp_path / "installation.key"
    monkeypatch.setenv(device.FILE_VARIABLE, str(path))
    monkeypatch.delenv(device.KEY_VARIABLE, raising=False)
    device.installation_key.cache_clear()
    yield path
    device.installation_key.cache_clear()


class Browser:
    """Asks a small server behind the middleware, and keeps the cookie it is given."""

    def __init__(self):
        self.app = device.DeviceCookie(self._answer)
        self.cookie = ""

    async def _answer(self, scope, _receive, send):
        kind = b"text/html; charset=utf-8" if scope["path"] == "/" else b"text/javascript"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b""})

    def get(self, path, **headers):
        """Return what the answer tells the browser to keep, "" for nothing."""
        sent = []

        async def send(message):
            sent.append(message)

        sends = headers | ({"cookie": f"{device.COOKIE}={self.cookie}"} if self.cookie else {})
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in sends.items()]
        aside.run(self.app, {"type": "http", "scheme": "http", "path": path, "headers": raw}, None, send)
        given = dict(sent[0]["headers"]).get(b"set-cookie", b"").decode()
        self.cookie = given.partition(";")[0].partition("=")[2] or self.cookie
        return given


@pytest.fixture
def browser(fresh):  # noqa: ARG001 - an installation of its own
    return Browser()


def test_the_key_is_made_once_and_only_the_servers_user_reads_it(fresh):
    first = device.installation_key()
    device.installation_key.cache_clear()

    assert len(first) == 2 * device.KEY_BYTES
    assert device.installation_key() == first
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    assert [path.name for path in fresh.parent.iterdir()] == [fresh.name]


def test_servers_that_start_at_the_same_moment_read_one_key(fresh):
    def start(_):
        device._create_key(fresh)
        return fresh.read_bytes()

    with ThreadPoolExecutor(8) as servers:
        assert len(set(servers.map(start, range(8)))) == 1


def test_a_key_that_was_told_goes_before_the_file_and_a_short_one_is_refused(fresh, monkeypatch):
    monkeypatch.setenv(device.KEY_VARIABLE, "x" * 40)
    assert device.installation_key() == b"x" * 40
    assert not fresh.exists()

    device.installation_key.cache_clear()
    monkeypatch.setenv(device.KEY_VARIABLE, "short")
    with pytest.raises(ValueError, match="at least 32 characters, not 5"):
        device.installation_key()


def test_where_no_key_can_be_kept_there_is_no_device(monkeypatch, fresh):
    monkeypatch.setenv(device.FILE_VARIABLE, str(fresh.parent / "nowhere" / "key"))

    assert device.installation_key() is None


def test_the_page_gives_a_number_once_and_nothing_else_does(browser):
    assert not browser.get("/x.js")

    given = browser.get("/")
    assert all(rule in given for rule in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Secure" not in given
    number = device.verify_device(browser.cookie, key=device.installation_key())
    assert number == browser.cookie.partition(".")[0]
    assert not browser.get("/")


def test_over_https_the_number_travels_over_https_only(browser):
    assert "; Secure" in browser.get("/", x_forwarded_proto="https")


def test_another_number_is_drawn_for_another_browser(fresh):  # noqa: ARG001
    assert len({Browser().get("/") for _ in range(5)}) == 5


def test_a_number_that_this_installation_did_not_sign_is_nobodys(browser):
    signed = device.sign_device("a" * 22, key=KEY)
    assert device.verify_device(signed, key=KEY) == "a" * 22

    for forged in ("", "a" * 22, signed[:-1] + ("0" if signed[-1] != "0" else "1"), "b" + signed[1:]):
        assert device.verify_device(forged, key=KEY) is None
    assert device.verify_device(signed, key=b"o" * 32) is None
    browser.cookie = signed
    assert browser.get("/")
