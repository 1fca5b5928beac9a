"""The document that browsers get first: Streamlit's, with the app's own name and style, so that nothing jumps later."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server import static

#: The document is changed on its way: it has to come whole, plain, and never as "not modified".
NOT_ASKED_FOR = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
NAME = "Sagram"
#: A font of 100 kB that no page of the app is set in.
_FONT_AHEAD = re.compile(r'<link\s+rel="preload"[^>]*?SourceSans[^>]*?/>')


class Document:
    """ASGI middleware that names the document and links the style sheet before anything is drawn.

    The sheet stands at the end of the body: after the styles that Streamlit writes into the head, so that it wins.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change what browsers ask for as a document; pass everything else on untouched."""
        if not _is_for_document(scope):
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in NOT_ASKED_FOR]
        await self.app({**scope, "headers": headers}, receive, _Rewriting(send))


class _Rewriting:
    """Sends an answer on; the body of a document is held until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = rewrite(self._body.decode()).encode() if self._body else b""
        headers = MutableHeaders(scope=self._start)
        if body:
            headers["content-length"] = str(len(body))
        del headers["etag"]
        del headers["last-modified"]
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def rewrite(document: str) -> str:
    """Return Streamlit's document with the app's name, its style sheet, and no font that nobody sees."""
    named = _FONT_AHEAD.sub("", document).replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    style, script = static.style_address(), static.address_of("page.js")
    own = f'<link rel="stylesheet" href="{style}" /><script type="module" src="{script}"></script>'
    return named.replace("</body>", f"{own}</body>")


def _is_for_document(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


def _is_document(start: Message) -> bool:
    return start["status"] == 200 and Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")  # noqa: PLR2004 - HTTP's own
