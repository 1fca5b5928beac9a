"""How phones get in: the address, from the request or typed by the presenter, and its QR code."""

from functools import lru_cache

import segno
import streamlit as st

from core.survey.join import LENGTH_MAX, Address, AddressError, page_address, read_address
from core.survey.rooms import Room
from ui.text import phrase

#: Modules of white around the code: the standard's quiet zone, kept on dark ground too.
QUIET_ZONE = 4
#: A stage that waits for answers draws its code every second.
QR_KEPT = 64


def find_address() -> Address | None:
    """Return where phones find the app: what the presenter typed, or what this browser's address says."""
    typed = str(st.session_state.get("join_address") or "")
    try:
        return read_address(typed) if typed.strip() else page_address(st.context.url or "", "present")
    except AddressError:
        return None


def room_link(room: Room) -> str | None:
    """Return the address of the room on phones."""
    at = find_address()
    return None if at is None else at.room_url(room.code)


def describe_corner(room: Room) -> dict[str, str]:
    """Return what stands in the corner of every scene of an open room; nothing where phones could not come in."""
    at = find_address()
    if at is None or not room.is_open:
        return {}
    return {"qr": make_qr(at.room_url(room.code)), "code": room.code, "address": at.without_scheme}


@lru_cache(maxsize=QR_KEPT)
def make_qr(url: str) -> str:
    """Return ``url`` as a QR code, black on white, as an address that an image can carry."""
    code = segno.make(url, error="m", micro=False)
    return code.svg_data_uri(scale=8, border=QUIET_ZONE, dark="#000", light="#fff")


def ask() -> None:
    """Draw the field for another address, what is wrong with the one typed, and a warning that phones need one."""
    st.text_input(
        phrase("present.address"),
        key="join_address",
        persist_state="session",
        max_chars=LENGTH_MAX,
        placeholder="https://…",
        help=phrase("present.address_why"),
    )
    typed = str(st.session_state.get("join_address") or "")
    if typed.strip():
        try:
            read_address(typed)
        except AddressError as error:
            st.warning(phrase(f"present.address_{error.problem}"), icon=":material/link_off:")
            return
    warn_if_local()


def warn_if_local() -> None:
    """Say that phones cannot reach the address, if it is this machine's own."""
    at = find_address()
    if at is None:
        st.warning(phrase("present.address_unknown"), icon=":material/link_off:")
    elif at.is_local:
        st.warning(phrase("present.address_local", address=at.without_scheme), icon=":material/phonelink_off:")
