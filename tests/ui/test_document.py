"""The document that browsers get first: with the app's name and style, and nothing else of it changed."""

import anyio

from tests.ui import aside
from ui.server import static
from ui.server.document import Document, rewrite

STREAMLITS = (
    '<!DOCTYPE html><html><head><link rel="preload" href="./SourceSansVF.woff2" as="font" crossorigin />'
    "<title>Streamlit</title></head><body><div id=root></div></body></html>"
)


def _answer(app, *, accept, headers=()):
    """Return status, headers and body with which an app answers a browser."""
    sent = []

    async def receive():
        await anyio.sleep_forever()

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"accept", accept), *headers]}
    aside.run(app, scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, body


def _serving(content_type, *, asked=None):
    """Return an app that answers with Streamlit's document in two parts, and notes what it was asked with."""

    async def app(scope, _receive, send):
        if asked is not None:
            asked.update(scope["headers"])
        length = str(len(STREAMLITS)).encode()
        headers = [(b"content-type", content_type), (b"content-length", length), (b"etag", b"old")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for part, more in ((STREAMLITS[:40], True), (STREAMLITS[40:], False)):
            await send({"type": "http.response.body", "body": part.encode(), "more_body": more})

    return app


def test_the_document_bears_the_apps_name_and_links_its_style_after_everything_else():
    document = rewrite(STREAMLITS)

    assert "<title>Sagram</title>" in document
    assert "SourceSans" not in document
    assert document.index(static.style_address()) > document.index("id=root")


def test_a_browser_gets_the_changed_document_with_its_true_length_and_no_tag_of_the_old_one():
    asked = {}
    app = Document(_serving(b"text/html; charset=utf-8", asked=asked))

    status, headers, body = _answer(app, accept=b"text/html,*/*", headers=[(b"if-none-match", b"old")])

    assert (status, body) == (200, rewrite(STREAMLITS))
    assert headers["content-length"] == str(len(body.encode()))
    assert "etag" not in headers
    assert b"if-none-match" not in asked


def test_what_is_no_document_passes_untouched():
    for accept, content_type in ((b"*/*", b"text/html"), (b"text/html", b"text/javascript")):
        _, headers, body = _answer(Document(_serving(content_type)), accept=accept)

        assert (headers["etag"], body) == ("old", STREAMLITS)
