"""Where phones find the app: an address from the request or typed by the presenter, checked before it is drawn."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlencode, urlsplit

LENGTH_MAX = 200
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


class AddressProblem(StrEnum):
    """Why an address cannot be shown to a room.

    TOO_LONG: Longer than ``LENGTH_MAX``.
    SCHEME: Not http or https: phones could not open it, or it would run a script.
    HOST: No host, or none that can exist.
    EXTRA: A name or password, a question or a fragment, or a path that no server of ours has.
    """

    TOO_LONG = "too_long"
    SCHEME = "scheme"
    HOST = "host"
    EXTRA = "extra"


class AddressError(ValueError):
    """An address was refused.

    Attributes:
        problem: Why.
    """

    def __init__(self, problem: AddressProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the app is.

    Attributes:
        base: Scheme, host, port and path, without a slash at the end.
        is_local: Whether only this machine can reach it.
    """

    base: str
    is_local: bool

    def page_url(self, page: str, **settings: str) -> str:
        """Return the address of a page with settings."""
        return f"{self.base}/{page}?{urlencode(settings)}" if settings else f"{self.base}/{page}"

    def room_url(self, code: str) -> str:
        """Return the short address of a room."""
        return f"{self.base}/{code}"

    @property
    def without_scheme(self) -> str:
        """The address as people type it: without the scheme."""
        return self.base.partition("://")[2]


def read_address(text: str) -> Address:
    """Read the app's address as people type it; without a scheme it is http.

    Raises:
        AddressError: If it is not an address that a phone could open.
    """
    typed = text.strip()
    if len(typed) > LENGTH_MAX:
        raise AddressError(AddressProblem.TOO_LONG)
    at = _split_url(typed if "://" in typed or _has_other_scheme(typed) else f"http://{typed}")
    if at.scheme not in {"http", "https"}:
        raise AddressError(AddressProblem.SCHEME)
    if "@" in at.netloc or at.query or at.fragment or not _PATH.fullmatch(at.path):
        raise AddressError(AddressProblem.EXTRA)
    host = _normalise_host(at.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    port = f":{at.port}" if at.port else ""
    return Address(base=f"{at.scheme}://{shown}{port}{at.path.rstrip('/')}", is_local=_is_local(host))


def page_address(url: str, page: str) -> Address:
    """Read the app's address from that of one of its pages, as the browser gave it.

    Raises:
        AddressError: If it is not an address that a phone could open.
    """
    return read_address(url.partition("?")[0].partition("#")[0].rstrip("/").removesuffix(f"/{page}"))


def _has_other_scheme(typed: str) -> bool:
    """Tell ``javascript:…`` from ``localhost:8501``: behind a host's colon stands a port."""
    head, colon, rest = typed.partition(":")
    return bool(colon) and head.isalpha() and not rest[:1].isdigit()


def _split_url(typed: str) -> SplitResult:
    try:
        at = urlsplit(typed)
        _ = at.port
    except ValueError as error:
        raise AddressError(AddressProblem.HOST) from error
    return at


def _normalise_host(name: str) -> str:
    """Return a host as the network writes it: an address, or labels in ASCII."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        ascii_name = name.encode("idna").decode("ascii").lower() if name else ""
    except UnicodeError as error:
        raise AddressError(AddressProblem.HOST) from error
    labels = ascii_name.removesuffix(".").split(".")
    # Digits and dots alone are a mistyped address, which no name ever is.
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise AddressError(AddressProblem.HOST)
    return ascii_name


def _is_local(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
