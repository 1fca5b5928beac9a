"""Everything that imports streamlit but is not a page: the frame, the session, text, charts and cards."""
