"""The server: `streamlit run app.py`, or `uvicorn app:app` behind a proxy."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.server import logs, previews, sessions, static
from ui.server.device import DeviceCookie
from ui.server.document import Document
from ui.server.guard import Headers, UploadBounds
from ui.server.warmup import warm
from ui.survey import room_updates, short_link

logs.install()
sessions.install()

app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=warm,
    routes=[static.route, previews.route, room_updates.route, short_link.route],
    middleware=[Middleware(Headers), Middleware(DeviceCookie), Middleware(Document), Middleware(UploadBounds)],
)
