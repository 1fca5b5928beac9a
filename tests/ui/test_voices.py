"""One device has one voice in a room, and is a stranger in the next one; crowds come a few at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.answers import check_token
from ui.server.pace import CLIENTS_MAX, CrowdPace
from ui.survey import participation
from ui.survey.identity import name_voice

KEY = b"k" * 32


def test_a_device_has_one_voice_in_a_room_and_another_in_every_other():
    voices = {name_voice(device, place, key=KEY) for device in ("a" * 22, "b" * 22) for place in ("WEB", "123456")}

    assert len(voices) == 4
    assert name_voice("a" * 22, "WEB", key=KEY) in voices
    assert name_voice("a" * 22, "WEB", key=b"l" * 32) not in voices
    assert all(check_token(voice) == voice for voice in voices)


@given(st.lists(st.floats(0, 600), max_size=400))
def test_an_address_brings_no_more_than_a_hall_and_a_few_a_second_after_that(times):
    pace = CrowdPace(at_once=10, a_second=0.5)
    admitted = sum(pace.admit("123456", "a", now) for now in sorted(times))

    assert admitted <= 10 + 0.5 * 600
    assert admitted >= min(len(times), 10)
    # Nobody else waits for them, and they themselves not for ever.
    assert pace.admit("123456", "another", 600.0)
    assert pace.admit("WEB", "a", 600.0)
    assert pace.admit("123456", "a", 603.0)


def test_addresses_are_remembered_in_a_bounded_number():
    pace = CrowdPace(at_once=1, a_second=1)
    for address in range(CLIENTS_MAX + 5):
        pace.admit("WEB", str(address), 0.0)

    assert len(pace._left) == CLIENTS_MAX


@pytest.mark.parametrize(("is_led", "minutes"), [(True, 5), (False, 60)])
def test_the_places_of_a_room_last_longer_than_minutes_against_one_address(is_led, minutes):
    pace = participation.server_crowd.__wrapped__(is_led=is_led)
    filled = sum(pace.admit("room", "a", second / 10) for second in range(600 * minutes))

    assert filled < 2_000
