"""The presenter's work on what people wrote, and on the room as a whole: approve, hide, download, start anew."""

from datetime import UTC, datetime

import streamlit as st

from core.survey.export import to_csv
from core.survey.problems import SurveyError
from core.survey.texts import FreeText, TextState
from ui import frame, session
from ui.markup import show
from ui.present import presenter_auth, trouble
from ui.present.stage import Stage
from ui.text import bind_language, phrase

#: Texts on the screen: those that wait come first, the newest before older ones.
TEXTS_MOST = 30
ORDER = (TextState.WAITING, TextState.APPROVED, TextState.HIDDEN)
WAYS = {TextState.APPROVED: ":material/check:", TextState.HIDDEN: ":material/visibility_off:"}


@st.fragment
def draw_texts(stage: Stage) -> None:
    """Draw what people wrote, each with what may be done about it; nobody else sees it before it is approved."""
    frame.begin_fragment()
    if stage.room is None or not presenter_auth.is_presenter():
        return
    stage.hear_room("texts")
    st.subheader(phrase("present.texts"), anchor=False)
    try:
        # Not a glance: what was just approved has to be seen at once.
        written = stage.store.texts(stage.store.room(stage.room.code))
    except SurveyError as error:
        trouble.warn(error.problem)
        return
    if not written:
        show("quiet", text=phrase("present.texts_none"))
    newest_first = list(written)[::-1]
    with st.container(key="speaker_texts", gap=None):
        for text in sorted(newest_first, key=lambda text: ORDER.index(text.state))[:TEXTS_MOST]:
            _text(stage, text)


def _text(stage: Stage, text: FreeText) -> None:
    with st.container(key=f"words_{text.id}", horizontal=True, vertical_alignment="center"):
        # Shown letter by letter: nothing in it is markup.
        st.text(text.text, width="stretch")
        st.caption(phrase(f"present.text_{text.state}"), width="content")
        for state, icon in WAYS.items():
            if text.state is not state:
                st.button(
                    phrase(f"present.make_{state}"),
                    key=f"text_{text.id}_{state}",
                    icon=icon,
                    on_click=_judge,
                    args=(stage, text.id, state),
                )


def _judge(stage: Stage, text_id: int, state: TextState) -> None:
    stage.change_room(lambda _room: stage.store.judge(text_id, state))


def draw_download(stage: Stage) -> None:
    """Draw the button for the room's answers as a file, made when it is pressed; for who leads the room only."""
    if stage.room is None or not presenter_auth.is_presenter():
        return
    code = stage.room.code
    st.download_button(
        phrase("present.download"),
        # The session is not there when it is written: who may have it was asked above.
        bind_language(lambda: to_csv(stage.store.rows(code))),
        file_name=f"sagram-{code}-{datetime.now(UTC):%Y%m%d-%H%M}.csv",
        mime="text/csv",
        key="download",
        icon=":material/download:",
        on_click="ignore",
    )


def draw_reset(stage: Stage) -> None:
    """Draw the reset: a box to tick first, then the button; former answers stay in the file."""
    with st.form(key="reset_form", border=True, clear_on_submit=True):
        st.checkbox(phrase("present.reset_sure"), key="reset_sure")
        st.form_submit_button(
            phrase("present.reset"), key="reset", icon=":material/restart_alt:", on_click=_reset, args=(stage,)
        )


def _reset(stage: Stage) -> None:
    if not st.session_state.get("reset_sure"):
        session.notify("present.reset_unsure")
        return
    stage.start_anew()
