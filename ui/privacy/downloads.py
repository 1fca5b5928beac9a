"""What may be taken along: everything released as JSON, and the receipt to print."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from core.data import Table
from core.release.export import export_releases
from core.release.receipt import Receipt
from core.release.store import ReleaseStore
from ui.markup import show
from ui.privacy import receipt
from ui.text import bind_language, phrase


def show_downloads(table: Table, store: ReleaseStore) -> None:
    """Draw the two downloads; both are written when somebody takes them."""
    with st.container(key="takeaway"):
        show("takeaway")
        with st.container(horizontal=True, key="downloads"):
            st.download_button(
                phrase("receipt.take"),
                bind_language(partial(_write_receipt, table, store)),
                file_name="sagram-receipt.html",
                mime="text/html",
                key="take_receipt",
                icon=":material/receipt_long:",
                on_click="ignore",
            )
            st.download_button(
                phrase("receipt.take_releases"),
                bind_language(partial(export_releases, store, columns=table.columns)),
                file_name="sagram-releases.json",
                mime="application/json",
                key="take_releases",
                icon=":material/data_object:",
                on_click="ignore",
            )


def _write_receipt(table: Table, store: ReleaseStore) -> str:
    paper = Receipt.of(store.ledger, columns=table.columns)
    return receipt.render_receipt(paper, table, issued=datetime.now(UTC).date())
