"""How long an upload stays, said beside it, and the button that deletes it at once."""

import streamlit as st

from core.data import UPLOAD
from ui import releases, results, session
from ui.data import pending, upload
from ui.markup import show
from ui.settings import SETTINGS
from ui.spending import memory
from ui.text import phrase

#: What a session has made of an upload.
_MADE_OF_IT = ("ahead", "trails", "references", "fingerprints", upload.TAKEN)


def draw() -> None:
    """Draw where the upload is and for how long, and the button; nothing where there is no upload."""
    loaded = session.upload()
    if loaded is None:
        return
    with st.container(key="kept_upload", horizontal=True, vertical_alignment="center"):
        show("quiet", text=phrase("kept.remembered" if memory.is_remembered(loaded) else "kept.not_remembered"))
        st.button(
            phrase("kept.forget"),
            key="forget_upload",
            icon=":material/delete:",
            on_click=_forget,
            help=phrase(_why_forget()),
        )


def _why_forget() -> str:
    loaded = session.upload()
    is_kept = loaded is not None and releases.ledger(loaded.table).is_kept
    return "kept.forget_why" if is_kept else "kept.forget_why_session"


def _forget() -> None:
    loaded = session.upload()
    if loaded is None:
        return
    is_kept = releases.ledger(loaded.table).is_kept
    if is_kept:
        # A ledger that only this session knows has to outlive the file in it: the file may come back.
        releases.forget(loaded.table)
    memory.remember_upload(None)
    results.forget_own()
    pending.drop()
    st.session_state["upload"] = None
    for made in _MADE_OF_IT:
        st.session_state.pop(made, None)
    if session.settings.data == UPLOAD.key:
        session.choose(data=SETTINGS["data"].default, bounds="")
    st.session_state["way"] = session.settings.data
    session.notify("kept.forgotten" if is_kept else "kept.forgotten_session")
