"""Our own components: the one place where their scripts meet Streamlit."""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.markup import ASSETS, asset
from ui.server.static import address_of


@st.cache_resource(show_spinner=False)
def component(name: str) -> ComponentRenderer:
    """Return what draws the component of this name.

    A rerun sends a component's code again: what is sent is a few lines, which import the script that browsers keep.

    Args:
        name: Of its script below ``assets/components``, without the ending; HTML of the same name is drawn with it.
    """
    html = f"components/{name}.html"
    return st.components.v2.component(
        f"sagram_{name.rpartition('/')[2]}",
        html=asset(html) if (ASSETS / html).exists() else None,
        js=asset("components/loader.js").replace("{address}", address_of(f"{name}.js")),
    )
