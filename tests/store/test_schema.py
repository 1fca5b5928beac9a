"""Times as the tables keep them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from store.schema import microseconds, moment


def test_times_are_microseconds_since_1970_whatever_their_zone():
    in_seoul = datetime(1970, 1, 2, 9, tzinfo=timezone(timedelta(hours=9)))

    assert microseconds(in_seoul) == 24 * 3600 * 1_000_000
    assert moment(1_500_000) == datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_comes_back_as_it_was(at):
    assert moment(microseconds(at)) == at
