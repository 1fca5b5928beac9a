"""The door: security headers on every answer, and bounds on what one session may upload."""

from http import HTTPStatus

import anyio
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.limits import UPLOAD_MEGABYTES
from ui.server import held_bytes, static
from ui.server.held_bytes import HeldBytes

MEGABYTE = 1024 * 1024
#: What surrounds the file in a multipart request.
ENVELOPE_BYTES = 64 * 1024
FILE_BYTES_MAX = UPLOAD_MEGABYTES * MEGABYTE + ENVELOPE_BYTES
#: A session may hold one file of the largest size, or several small ones.
SESSION_BYTES_MAX = FILE_BYTES_MAX + 16 * MEGABYTE
#: How long a sender may be silent, and how long an upload may take: 200 MB within it is a slow line.
SILENT_SECONDS, UPLOAD_SECONDS = 30.0, 900.0
#: When to try again where there is no room.
LATER_SECONDS = 120
UPLOAD_PATH = "/_stcore/upload_file/"

HEADERS = {
    # Streamlit compiles component scripts from blobs and its charts from strings; nothing comes from elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Headers:
    """ASGI middleware that sets ``HEADERS`` on every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if f"{static.PATH}/" in scope["path"] and message["status"] == HTTPStatus.OK:
                    # An address with a version never changes its content.
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
                if headers.get("content-type", "").startswith("text/html"):
                    # The picture's code is on its way while Streamlit's own is still being read.
                    headers["Link"] = static.preload()
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "No such session",
    HTTPStatus.REQUEST_TIMEOUT: "Upload took too long",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Upload too large",
    HTTPStatus.SERVICE_UNAVAILABLE: "The server holds as many files as it can; please try again later",
}
_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.SERVICE_UNAVAILABLE}


class _RefusedError(Exception):
    """An upload that goes no further.

    Attributes:
        status: What is answered.
    """

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class UploadBounds:
    """ASGI middleware that bounds uploads: of a file, of a session, of all together, and in time.

    Streamlit bounds single files only: one session could fill the memory with many, on a page without an uploader.
    Too large is answered by 413, no room in the server by 503, a sender who falls silent by 408, and a session that
    nobody is in by 400.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        file_bytes: int = FILE_BYTES_MAX,
        session_bytes: int = SESSION_BYTES_MAX,
        held: HeldBytes | None = None,
    ) -> None:
        self.app = app
        self.file_bytes = file_bytes
        self.session_bytes = session_bytes
        self.held = held_bytes.held if held is None else held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count uploads by session; pass everything else on untouched."""
        if scope["type"] != "http" or UPLOAD_PATH not in scope["path"]:
            await self.app(scope, receive, send)
            return
        session, _, file = scope["path"].split(UPLOAD_PATH, 1)[1].partition("/")
        if scope["method"] in {"PUT", "POST"}:
            await self._count_upload(scope, receive, send, session=session, file=file)
            return
        status = await self._pass_on(scope, receive, send)
        if scope["method"] == "DELETE" and _is_success(status):
            self.held.delete(session, file)

    async def _count_upload(self, scope: Scope, receive: Receive, send: Send, *, session: str, file: str) -> None:
        if not self.held.knows(session):
            await _refuse(HTTPStatus.BAD_REQUEST, scope, receive, send)
            return
        if not self.held.has_room(session):
            await _refuse(HTTPStatus.SERVICE_UNAVAILABLE, scope, receive, send)
            return
        upload, received, declared = object(), 0, _declared_length(scope)
        until = anyio.current_time() + UPLOAD_SECONDS

        async def count_received() -> Message:
            nonlocal received
            message = await _receive_in_time(receive, until=until)
            more = len(message.get("body", b""))
            received += more
            self._check(self.held.receive(session, upload, received=received, more=more), n_bytes=received)
            return message

        status = None
        try:
            # What is announced is held from the start, so that files sent at the same time add up as well.
            self._check(self.held.begin(session, upload, file=file, declared=declared), n_bytes=declared)
            status = await self._pass_on(scope, count_received, send)
        except _RefusedError as refused:
            await _refuse(refused.status, scope, receive, send)
        finally:
            self.held.settle(session, upload, received=received, is_kept=_is_success(status))

    def _check(self, session_bytes: int, *, n_bytes: int) -> None:
        if n_bytes > self.file_bytes or session_bytes > self.session_bytes:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.held.is_over:
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> int | None:
        """Let the app answer; return its status, or None if it was cut off after it had begun to answer."""
        status: int | None = None

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        except _RefusedError:
            if status is None:
                raise
            return None
        return status


async def _receive_in_time(receive: Receive, *, until: float) -> Message:
    """Return what arrives next, unless the sender falls silent or takes all day.

    Raises:
        _RefusedError: If it does.
    """
    try:
        with anyio.fail_after(min(SILENT_SECONDS, until - anyio.current_time())):
            return await receive()
    except TimeoutError:
        raise _RefusedError(HTTPStatus.REQUEST_TIMEOUT) from None


def _is_success(status: int | None) -> bool:
    return status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _declared_length(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(status: HTTPStatus, scope: Scope, receive: Receive, send: Send) -> None:
    # What is still on its way is not waited for.
    headers = {"Connection": "close"} | ({"Retry-After": str(LATER_SECONDS)} if status in _LATER else {})
    await PlainTextResponse(_REFUSALS[status], status_code=status, headers=headers)(scope, receive, send)
