"""The device that a browser is: a random number in a signed cookie that no script can read, and the key that signs it.

A reload, a second tab and a restarted server find the ledger of the people whom this device has looked at. The number
says nothing about anyone. The survey makes another token of it for each room: its phones are strangers from one room to
the next.
"""

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "sagram_device"
#: Browsers keep a cookie for 400 days at most.
COOKIE_SECONDS = 400 * 24 * 3600
#: The installation's key: in secrets.toml under this name, else in the first variable, else in a file, whose path the
#: second variable may say. Who has none of them gets a new key in the file, which only the server's user can read.
SECRET = "installation_key"  # noqa: S105 - the name under which secrets.toml keeps it
KEY_VARIABLE, FILE_VARIABLE = "SAGRAM_KEY", "SAGRAM_KEY_FILE"
DEFAULT_FILE = Path(__file__).parents[2] / "installation.key"
KEY_BYTES, KEY_LENGTH_LEAST = 32, 32
_DEVICE_BYTES = 16
_DEVICE = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9a-f]{64})")


@cache
def installation_key() -> bytes | None:
    """Return the key of this installation, the same for all its servers; None where none can be kept."""
    in_secrets = str(st.secrets.get(SECRET, "")) if st.secrets.load_if_toml_exists() else ""
    told = in_secrets or os.environ.get(KEY_VARIABLE, "")
    if len(told) >= KEY_LENGTH_LEAST:
        return told.encode()
    if told:
        raise ValueError(f"the installation's key must be at least {KEY_LENGTH_LEAST} characters, not {len(told)}")
    path = Path(os.environ.get(FILE_VARIABLE, "") or DEFAULT_FILE)
    with suppress(OSError):
        _create_key(path)
    with suppress(OSError):
        return path.read_bytes() or None
    return None


def _create_key(path: Path) -> None:
    """Write a new key, whole or not at all; of servers that start together one wins, and all read the same."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def sign_device(device: str, *, key: bytes) -> str:
    """Return ``device`` as its cookie carries it: nobody else can make one."""
    return f"{device}.{hmac.digest(key, f'device|{device}'.encode(), hashlib.sha256).hex()}"


def verify_device(cookie: str, *, key: bytes) -> str | None:
    """Return the device that a cookie names, if this installation signed it."""
    parts = _DEVICE.fullmatch(cookie)
    if parts is None or not hmac.compare_digest(sign_device(parts[1], key=key), cookie):
        return None
    return parts[1]


def current_device() -> str | None:
    """Return the device of the present session; None where the browser keeps no cookie, or no key can be kept."""
    key, cookie = installation_key(), str(st.context.cookies.get(COOKIE, ""))
    return None if key is None else verify_device(cookie, key=key)


class DeviceCookie:
    """ASGI middleware that gives a browser its number with the page, if it has none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the page comes back with a cookie."""
        key = installation_key() if scope["type"] == "http" else None
        if key is None or _is_known(scope, key):
            await self.app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", _write_cookie(scope, key))
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _is_known(scope: Scope, key: bytes) -> bool:
    try:
        sent = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    except CookieError:
        return False
    return sent is not None and verify_device(sent.value, key=key) is not None


def _write_cookie(scope: Scope, key: bytes) -> str:
    proxied = Headers(scope=scope).get("x-forwarded-proto", "")
    secure = "; Secure" if "https" in (scope["scheme"], proxied) else ""
    value = sign_device(secrets.token_urlsafe(_DEVICE_BYTES), key=key)
    # Another site's frame or form is a stranger. A link that somebody follows is not: without the cookie they would be
    # given another number, and their ledger would be lost.
    return f"{COOKIE}={value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
