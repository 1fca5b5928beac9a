"""Upload a file: read it, confirm what it means, look at it. The former data stays until the new one is whole."""

from typing import cast

import pandas as pd
import streamlit as st

from core.data import UPLOAD
from core.ingest import (
    Layout,
    Loaded,
    LoadError,
    LongMapping,
    RawSheet,
    Rejections,
    WideMapping,
    child,
    guess_layout,
    long_template,
    wide_template,
)
from core.limits import UPLOAD_MEGABYTES
from ui import chosen_bounds, figures, session
from ui.data import catalogue, mapping
from ui.markup import show
from ui.server.held_bytes import held
from ui.text import language, phrase

TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "parquet"]
ROWS_SHOWN = 5
REJECTIONS_SHOWN = 50


def draw_steps() -> None:
    """Draw the steps from a file to the data at hand."""
    # By the time that a file has been chosen there is a process to read it.
    child.keep_ready()
    _draw_templates()
    file = st.file_uploader(
        phrase("upload.file", megabytes=UPLOAD_MEGABYTES),
        type=TYPES,
        key="file",
        max_upload_size=UPLOAD_MEGABYTES,
    )
    if file is None and held.is_full:
        st.info(phrase("upload.full"), icon=":material/hourglass_top:")
    catalogue.draw()
    if file is None:
        st.session_state.pop("sheet", None)
        return
    try:
        sheet = _read_file(file)
        chosen = _draw_mapping(sheet)
    except LoadError as error:
        st.error(describe_error(error), icon=":material/error:")
        return
    if chosen_bounds.read(session.settings.bounds)[0] == UPLOAD.key:
        st.info(phrase("bounds.file_first", button=phrase("upload.use")), icon=":material/undo:")
    if chosen is not None and st.button(phrase("upload.use"), key="use_file", type="primary"):
        _load_sheet(sheet, chosen)


def _draw_templates() -> None:
    with st.container(horizontal=True, key="templates"):
        for name, template in (("wide", wide_template), ("long", long_template)):
            st.download_button(
                phrase(f"upload.template_{name}"),
                template(language().key),
                file_name=f"sagram-{name}.csv",
                mime="text/csv",
                key=f"template_{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def _read_file(file: st.runtime.uploaded_file_manager.UploadedFile) -> RawSheet:
    """Return the file's cells; read once a file."""
    cached = cast("tuple[str, RawSheet] | None", st.session_state.get("sheet"))
    if cached is None or cached[0] != file.file_id:
        with st.spinner(phrase("upload.reading")):
            cached = (file.file_id, child.read_sheet_in_child(file, name=file.name))
        st.session_state["sheet"] = cached
    return cached[1]


def _draw_mapping(sheet: RawSheet) -> WideMapping | LongMapping | None:
    """Draw what the file seems to mean and return what the user makes of it; None while something is missing."""
    if not session.settings.only_public:
        rows, columns = figures.number(sheet.n_rows), figures.number(len(sheet.header))
        show("quiet", text=phrase("upload.read", rows=rows, columns=columns))
        shown = pd.DataFrame(sheet.head(ROWS_SHOWN)).iloc[:, : mapping.SHOWN_MAX].astype(str)
        st.dataframe(shown, key="file_rows", hide_index=True)
    guessed = str(guess_layout(sheet))
    layout = st.segmented_control(
        phrase("upload.layout"),
        [str(layout) for layout in Layout],
        format_func=lambda layout: phrase(f"upload.layout_{layout}"),
        default=guessed,
        required=True,
        key=f"layout_{mapping.number_of(sheet)}",
        help=phrase("upload.layout_why"),
    )
    return mapping.draw_wide(sheet) if layout == Layout.WIDE else mapping.draw_long(sheet)


def _load_sheet(sheet: RawSheet, chosen: WideMapping | LongMapping) -> None:
    try:
        with st.spinner(phrase("upload.loading")):
            loaded = child.load_in_child(sheet, chosen)
    except LoadError as error:
        st.error(describe_error(error), icon=":material/error:")
        return
    session.take_upload(loaded)
    session.choose_later(data=UPLOAD.key)
    st.rerun()


def describe_error(error: LoadError) -> str:
    """Say what is wrong with a file and what to do."""
    blanks: dict[str, object] = {
        name: figures.number(value) if isinstance(value, int) else value for name, value in error.blanks.items()
    }
    if "reason" in blanks:
        blanks["reason"] = phrase(f"rejection.{blanks['reason']}")
    return phrase(f"load.{error.problem}", **blanks)


def show_rejections(loaded: Loaded) -> None:
    """Draw which rows were left out and why: told to the person who uploaded them."""
    if loaded.nonprivate_unknown_products:
        st.warning(
            phrase("upload.unknown_products", n=figures.number(loaded.nonprivate_unknown_products)),
            icon=":material/inventory_2:",
        )
    if not loaded.rejections.total:
        return
    with st.expander(
        phrase("upload.rejected", n=figures.number(loaded.rejections.total)), icon=":material/playlist_remove:"
    ):
        st.markdown(_count_rejections(loaded.rejections))
        st.dataframe(_list_rejections(loaded.rejections), key="rejections", hide_index=True)


def _count_rejections(rejections: Rejections) -> str:
    return "\n".join(
        f"- {phrase(f'rejection.{reason}')}: {figures.number(count)}" for reason, count in rejections.counts.items()
    )


def _list_rejections(rejections: Rejections) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                phrase("upload.line"): one.line,
                phrase("upload.column"): one.column or "–",
                phrase("upload.reason"): phrase(f"rejection.{one.reason}"),
                phrase("upload.value"): one.value,
            }
            for one in rejections.examples[:REJECTIONS_SHOWN]
        ]
    )
