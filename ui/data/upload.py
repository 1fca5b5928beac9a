"""Upload a file: it is read, its owner confirms how, and it becomes the data at hand; the former stays until then."""

from functools import partial

import pandas as pd
import streamlit as st

from core.data import UPLOAD
from core.ingest import Loaded, LoadError, LoadProblem, Rejections, child, long_template, wide_template
from core.ingest.reading import Reading, Upload, Verdict
from core.limits import UPLOAD_MEGABYTES
from ui import chosen_bounds, figures, frame, session
from ui.data import adjust, bounds_for_all, catalogue, changes, column_table, first_rows, pending, questions, strip
from ui.data.pending import PendingFile
from ui.markup import show
from ui.server.held_bytes import held
from ui.text import bind_language, known, language, phrase

TYPES = ["csv", "tsv", "txt", "xlsx", "xls", "parquet"]
REJECTIONS_SHOWN = 50
TAKEN = "taken_file"


def draw_steps() -> None:
    """Draw the steps from a file to the data at hand."""
    # By the time that a file has been chosen there is a process to read it.
    child.keep_ready()
    file = _draw_uploader()
    if file is not None:
        _draw_reading(file)
    else:
        _draw_templates()
    catalogue.draw()


def _draw_uploader() -> PendingFile | None:
    """Draw where a file is handed in, and return the one that waits: it outlives a look at another page."""
    handed_in = st.file_uploader(
        phrase("upload.file", megabytes=UPLOAD_MEGABYTES),
        type=TYPES,
        key="file",
        max_upload_size=UPLOAD_MEGABYTES,
        on_change=_drop_file,
    )
    if handed_in is not None:
        return pending.keep(handed_in)
    file = pending.find()
    if file is None and held.is_full:
        st.info(phrase("upload.full"), icon=":material/hourglass_top:")
    if file is not None:
        with st.container(key="kept_file", horizontal=True, vertical_alignment="center"):
            show("kept_file", name=file.name)
            st.button(phrase("upload.drop"), key="drop_file", icon=":material/delete:", on_click=pending.drop)
    return file


def _drop_file() -> None:
    """Forget the file when it is taken away; leaving the page does not."""
    if st.session_state["file"] is None:
        pending.drop()


def _draw_templates() -> None:
    with st.container(horizontal=True, key="templates"):
        for name, template in (("wide", wide_template), ("long", long_template)):
            st.download_button(
                phrase(f"upload.template_{name}"),
                # Written when it is asked for: a file that waits is gone once the page no longer shows its button.
                bind_language(partial(template, language().key)),
                file_name=f"sagram-{name}.csv",
                mime="text/csv",
                key=f"template_{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def _draw_reading(file: PendingFile) -> None:
    """Draw how the file was read and take it once that is confirmed: an insider's affair from end to end."""
    if session.settings.only_public:
        show("quiet", text=phrase("upload.insider_only"))
        st.button(
            phrase("upload.show_insider"), key="show_insider", on_click=session.choose, kwargs={"only_public": False}
        )
        return
    try:
        upload = file.read()
    except LoadError as error:
        st.error(describe_error(error), icon=":material/error:")
        return
    _draw_problem()
    if upload.reading.verdict is Verdict.REFUSE:
        st.error(describe_refusal(upload.reading), icon=":material/error:")
    # What stands in the way comes first.
    questions.draw(file, upload.reading)
    pressed = strip.draw(upload.reading)
    wants_bounds = upload.reading.verdict is Verdict.READ and bounds_for_all.is_wished(file.number)
    # What was taken as it stands may have other bounds since: they stay.
    if (pressed.look or ((pressed.compare or wants_bounds) and not _is_taken(file))) and not _take(file):
        return
    if pressed.compare:
        st.switch_page(frame.page_path("compare"))
    if pressed.look:
        st.rerun()
    if wants_bounds:
        bounds_for_all.draw(session.table())
    elif upload.reading.verdict is Verdict.READ:
        questions.offer_bounds(file, upload.reading)
    if chosen_bounds.read(session.settings.bounds)[0] == UPLOAD.key:
        st.info(phrase("bounds.file_first", button=phrase("upload.use")), icon=":material/undo:")
    _draw_details(file, upload)


def _draw_problem() -> None:
    key = pending.take_problem()
    if key is not None:
        is_bounds = key.startswith("bounds:")
        st.warning(phrase("mapping.bad_bounds" if is_bounds else "ask.bad_answer"), icon=":material/rule:")


def _draw_details(file: PendingFile, upload: Upload) -> None:
    """Draw what can be changed, once it is asked for: a file that was read right needs none of it."""
    reading = upload.reading
    if not reading.head and reading.layout is None:
        return
    if not st.toggle(phrase("reading.details"), reading.verdict is Verdict.REFUSE, key=f"details_{file.number}"):
        return
    with st.container(key="details"):
        changes.draw(file, reading)
        adjust.draw_products(file, reading)
        column_table.draw_columns(file, reading)
        column_table.draw_spellings(file, reading)
        first_rows.draw(file, reading)


def _is_taken(file: PendingFile) -> bool:
    """Tell whether the data at hand is this file, read as it is now."""
    return session.settings.data == UPLOAD.key and st.session_state.get(TAKEN) == _sign(file)


def _sign(file: PendingFile) -> str:
    own = session.own_catalogue()
    return repr((file.number, file.answers.key, adjust.describe(file.number), own and own.ids))


def _take(file: PendingFile) -> bool:
    """Make the file the data at hand; tell whether that could be done."""
    try:
        with st.spinner(phrase("upload.loading")):
            upload = file.read_cells()
            assert upload.sheet is not None  # noqa: S101 - what can be confirmed has cells
            assert upload.reading.mapping is not None  # noqa: S101
            loaded = child.load_in_child(upload.sheet, adjust.complete(file, upload.reading.mapping))
    except LoadError as error:
        st.error(describe_error(error), icon=":material/error:")
        return False
    except ValueError:
        st.error(phrase("mapping.bad_bounds"), icon=":material/error:")
        return False
    file.forget_cells()
    session.take_upload(loaded)
    session.choose_later(data=UPLOAD.key)
    st.session_state[TAKEN] = _sign(file)
    return True


def describe_error(error: LoadError) -> str:
    """Say what is wrong with a file and what to do."""
    return _describe(f"load.{error.problem}", dict(error.blanks))


def describe_refusal(reading: Reading) -> str:
    """Say why a file cannot be used, and what would work."""
    has_figures = any(column.nonprivate_sum is not None for column in reading.columns)
    if reading.reason == LoadProblem.NO_NUMBERS and has_figures:
        return phrase("refuse.no_figures_used")
    key = f"refuse.{reading.reason}"
    blanks = {"columns": sum(not column.is_category for column in reading.columns), **reading.blanks}
    return _describe(key if known(key) else f"load.{reading.reason}", blanks)


def _describe(key: str, found: dict[str, object]) -> str:
    blanks = {name: figures.number(value) if isinstance(value, int) else value for name, value in found.items()}
    if "reason" in blanks:
        blanks["reason"] = strip.describe_reason(str(blanks["reason"]))
    return phrase(key, **blanks)


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
        f"- {strip.describe_reason(reason)}: {figures.number(count)}" for reason, count in rejections.counts.items()
    )


def _list_rejections(rejections: Rejections) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                phrase("upload.line"): one.line,
                phrase("upload.column"): one.column or "–",
                phrase("upload.reason"): strip.describe_reason(one.reason),
                phrase("upload.value"): one.value,
            }
            for one in rejections.examples[:REJECTIONS_SHOWN]
        ]
    )
