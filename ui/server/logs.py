"""What the server's logs say of a request: its page, and nobody's person, room or choice, which stand in addresses."""

import logging
import re

from ui.survey import room_updates

#: Where uvicorn logs requests and sockets with all that was asked.
LOGGERS = ("uvicorn.access", "uvicorn.error")
_ASKED = re.compile(r"\?\S*")
_ROOM = re.compile(rf"({room_updates.PATH})/\S*|/\d+$")


class AddressFilter(logging.Filter):
    """Cuts what is asked off every address, before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its addresses cut."""
        if isinstance(record.args, tuple):
            record.args = tuple(shorten(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def shorten(text: str) -> str:
    """Return an address without what is asked, and without the number of a room; other text as it is."""
    return _ROOM.sub(lambda found: found[1] or "/", _ASKED.sub("", text)) if text.startswith("/") else text


def install() -> None:
    """Let the server's loggers cut addresses, once."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(known, AddressFilter) for known in logger.filters):
            logger.addFilter(AddressFilter())
