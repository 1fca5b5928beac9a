"""The frame around every page: configuration, language, style, navigation, notices."""

import streamlit as st

from ui import frame, session
from ui.markup import ASSETS
from ui.survey import return_link
from ui.text import phrase, settle_language

# Before the pages are named: with their icons the browser would ask a stranger for pictures.
st.set_page_config(page_icon=str(ASSETS / "icon.png"), layout="wide")
session.restore()
session.apply_choices()
settle_language()
page = st.navigation(
    [
        st.Page(frame.page_path(name), title=phrase(f"{name}.nav"), icon=icon, url_path=name, default=name == "home")
        for name, icon in frame.PAGES.items()
    ]
)
st.set_page_config(page_title=f"{page.title} · {phrase('frame.brand')}")
frame.open_page()
return_link.show(page.url_path)
with session.whole_run():
    page.run()
# What people came for is sent first; the budget is known only now in any case.
frame.draw_sidebar()
session.share()
