"""The server: `streamlit run app.py`, or `uvicorn app:app` behind a proxy."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui import static
from ui.guard import Headers, UploadBounds
from ui.survey import news
from ui.warmup import warm

app = st.App(
    Path(__file__).parent / "ui" / "main.py",
    lifespan=warm,
    routes=[static.route, news.route],
    middleware=[Middleware(Headers), Middleware(UploadBounds)],
)
