"""Devices in the database that may lead rooms for a while, each by a keyed hash."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from store.schema import microseconds, moment, presenters


def keep_presenter(connection: Connection, name: str, *, until: datetime) -> None:
    """Keep that a device may lead until then, in place of what was kept of it."""
    forget_presenter(connection, name)
    connection.execute(insert(presenters).values(name=name, ends=microseconds(until)))


def read_presenter(connection: Connection, name: str) -> datetime | None:
    """Return until when a device may lead, also where that is past; None if nothing is kept of it."""
    ends = connection.execute(select(presenters.c.ends).where(presenters.c.name == name)).scalar_one_or_none()
    return None if ends is None else moment(int(ends))


def forget_presenter(connection: Connection, name: str | None) -> None:
    """Forget a device; all of them if it is None."""
    connection.execute(delete(presenters) if name is None else delete(presenters).where(presenters.c.name == name))
