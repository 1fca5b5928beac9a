"""The door: security headers on every answer, and bounds on what one session may upload."""

from collections import OrderedDict
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.limits import UPLOAD_MEGABYTES
from ui.server import static

MEGABYTE = 1024 * 1024
#: What surrounds the file in a multipart request.
ENVELOPE_BYTES = 64 * 1024
FILE_BYTES_MAX = UPLOAD_MEGABYTES * MEGABYTE + ENVELOPE_BYTES
#: A session may hold one file of the largest size, or several small ones.
SESSION_BYTES_MAX = FILE_BYTES_MAX + 16 * MEGABYTE
SESSIONS_REMEMBERED = 10_000
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


class _TooLargeError(Exception):
    """More bytes arrived than the session may still upload."""


class UploadBounds:
    """ASGI middleware that answers 413 to uploads over the bound of a file or of a session.

    Streamlit bounds single files only: one session could fill the memory with many, on a page without an uploader.
    """

    def __init__(
        self, app: ASGIApp, *, file_bytes: int = FILE_BYTES_MAX, session_bytes: int = SESSION_BYTES_MAX
    ) -> None:
        self.app = app
        self.file_bytes = file_bytes
        self.session_bytes = session_bytes
        self._held: OrderedDict[str, dict[str, int]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count uploads by session; pass everything else on untouched."""
        if scope["type"] != "http" or UPLOAD_PATH not in scope["path"]:
            await self.app(scope, receive, send)
            return
        session, _, file = scope["path"].split(UPLOAD_PATH, 1)[1].partition("/")
        files = self._files_of(session)
        files.pop(file, None)
        if scope["method"] not in {"PUT", "POST"}:
            await self.app(scope, receive, send)
            return
        await self._count_upload(scope, receive, send, files=files, file=file)

    async def _count_upload(
        self, scope: Scope, receive: Receive, send: Send, *, files: dict[str, int], file: str
    ) -> None:
        # What is announced is held from the start, so that files sent at the same time add up as well.
        files[file] = _declared_length(scope)
        if self._is_too_much(files, file):
            del files[file]
            await _refuse(scope, receive, send)
            return
        received = 0
        started = False

        async def count_received() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            files[file] = max(files.get(file, 0), received)
            if self._is_too_much(files, file):
                raise _TooLargeError
            return message

        async def note_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, count_received, note_start)
        except _TooLargeError:
            files.pop(file, None)
            if not started:
                await _refuse(scope, receive, send)

    def _is_too_much(self, files: dict[str, int], file: str) -> bool:
        return files[file] > self.file_bytes or sum(files.values()) > self.session_bytes

    def _files_of(self, session: str) -> dict[str, int]:
        files = self._held.setdefault(session, {})
        self._held.move_to_end(session)
        while len(self._held) > SESSIONS_REMEMBERED:
            self._held.popitem(last=False)
        return files


def _declared_length(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("Upload too large", status_code=413)(scope, receive, send)
