"""One's own list of products: a CSV, or files saved from the finlife disclosure API; kept in this session."""

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.ingest import LoadError
from core.ingest.catalogue_file import catalogue_template
from core.ingest.catalogue_problems import CatalogueError, CatalogueUpload, RowError
from core.ingest.child import import_finlife_in_child, read_catalogue_in_child
from ui import figures, session
from ui.markup import show
from ui.text import bind_language, phrase

TYPES = ["csv", "json"]
ERRORS_SHOWN = 50


def draw() -> None:
    """Draw the way to one's own products, folded: the built-in list serves until there is another."""
    with st.expander(phrase("catalogue.title"), icon=":material/list_alt:", key="catalogue"):
        show("quiet", text=phrase("catalogue.lead"))
        st.download_button(
            phrase("catalogue.template"),
            bind_language(catalogue_template),
            file_name="sagram-products.csv",
            mime="text/csv",
            key="template_catalogue",
            icon=":material/download:",
            on_click="ignore",
        )
        files = st.file_uploader(
            phrase("catalogue.files"),
            type=TYPES,
            accept_multiple_files=True,
            key="catalogue_files",
            on_change=_drop_catalogue,
        )
        if files:
            _show_files(files)


def _drop_catalogue() -> None:
    """Go back to the built-in list when the files are taken away; leaving the page does not."""
    if not st.session_state["catalogue_files"]:
        session.take_catalogue(None)


def _show_files(files: list[UploadedFile]) -> None:
    is_json = all(file.name.lower().endswith(".json") for file in files)
    if not is_json and len(files) > 1:
        st.warning(phrase("catalogue.one_csv"), icon=":material/rule:")
        return
    found = _read_once(files, is_json=is_json)
    if not isinstance(found, CatalogueUpload):
        st.error(_describe_error(found), icon=":material/error:")
        return
    session.take_catalogue(found.catalogue)
    st.success(phrase("catalogue.taken", n=figures.number(len(found.catalogue))), icon=":material/check:")
    _show_errors(found)


def _read_once(files: list[UploadedFile], *, is_json: bool) -> CatalogueUpload | CatalogueError | LoadError:
    """Return what was found in the files, or why nothing; read once, however often the page runs."""
    ids = tuple(file.file_id for file in files)
    cached = st.session_state.get("catalogue_read")
    if cached is None or cached[0] != ids:
        contents = [file.getvalue() for file in files]
        try:
            found = import_finlife_in_child(contents) if is_json else read_catalogue_in_child(contents[0])
            cached = (ids, found)
        except (CatalogueError, LoadError) as error:
            cached = (ids, error)
        st.session_state["catalogue_read"] = cached
    outcome: CatalogueUpload | CatalogueError | LoadError = cached[1]
    return outcome


def _describe_error(error: CatalogueError | LoadError) -> str:
    # Whatever a file is meant to be: that its reader died is told in the words of all files.
    words = "load" if isinstance(error, LoadError) else "catalogue_problem"
    return phrase(f"{words}.{error.problem}", **_format_blanks(dict(error.blanks)))


def _format_blanks(blanks: dict[str, object]) -> dict[str, object]:
    return {name: figures.number(blank) if isinstance(blank, int | float) else blank for name, blank in blanks.items()}


def _show_errors(uploaded: CatalogueUpload) -> None:
    if not uploaded.n_errors:
        return
    st.warning(phrase("catalogue.errors", n=figures.number(uploaded.n_errors)), icon=":material/playlist_remove:")
    st.dataframe(
        pd.DataFrame([_describe_row(error) for error in uploaded.row_errors[:ERRORS_SHOWN]]),
        key="catalogue_errors",
        hide_index=True,
    )


def _describe_row(error: RowError) -> dict[str, object]:
    return {
        phrase("catalogue.file"): error.file,
        phrase("upload.line"): error.line,
        phrase("upload.column"): error.column or "–",
        phrase("upload.reason"): phrase(f"catalogue_row.{error.code}", **_format_blanks(dict(error.blanks))),
        phrase("catalogue.kept"): phrase("catalogue.yes" if error.kept else "catalogue.no"),
    }
