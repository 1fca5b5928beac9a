"""Where phones find the app: what presenters type, and what must never stand in a QR code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.join import LENGTH_MAX, AddressError, AddressProblem, page_address, read_address

#: An address as typed, and as phones open it.
READ = [
    ("http://192.168.0.5:8501", "http://192.168.0.5:8501"),
    ("192.168.0.5:8501", "http://192.168.0.5:8501"),
    ("  https://sagram.example/app/ ", "https://sagram.example/app"),
    ("HTTPS://Sagram.Example", "https://sagram.example"),
    ("sagram.example", "http://sagram.example"),
    ("localhost:8501", "http://localhost:8501"),
    ("http://[fe80::1]:80", "http://[fe80::1]:80"),
    ("https://한국", "https://xn--3e0b707e"),
]
REFUSED = [
    ("", AddressProblem.HOST),
    ("http://", AddressProblem.HOST),
    ("http://a b", AddressProblem.HOST),
    ("http://256.1.1.1", AddressProblem.HOST),
    ("http://host:99999", AddressProblem.HOST),
    ("http://host:port", AddressProblem.HOST),
    ("http://-bad-.example", AddressProblem.HOST),
    ("http://[::1", AddressProblem.HOST),
    ("http://a..b", AddressProblem.HOST),
    ("javascript:alert(1)", AddressProblem.SCHEME),
    ("javascript://host/%0aalert(1)", AddressProblem.SCHEME),
    ("ftp://host", AddressProblem.SCHEME),
    ("data:text/html,hi", AddressProblem.SCHEME),
    ("http://me:secret@host", AddressProblem.EXTRA),
    ("http://real.example@evil.example", AddressProblem.EXTRA),
    ("http://host/?next=evil", AddressProblem.EXTRA),
    ("http://host/#here", AddressProblem.EXTRA),
    ("http://host/<script>", AddressProblem.EXTRA),
    ("h" * (LENGTH_MAX + 1), AddressProblem.TOO_LONG),
]


@pytest.mark.parametrize(("typed", "base"), READ)
def test_an_address_is_read_as_people_type_it(typed, base):
    assert read_address(typed).base == base


@pytest.mark.parametrize(("typed", "problem"), REFUSED)
def test_what_a_phone_could_not_open_safely_is_refused_with_its_reason(typed, problem):
    with pytest.raises(AddressError, match=str(problem)) as refused:
        read_address(typed)
    assert refused.value.problem is problem


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "[::1]", "0.0.0.0", "app.localhost"])  # noqa: S104 - read, never bound
def test_an_address_of_this_machine_alone_says_so(host):
    assert read_address(f"http://{host}:8501").is_local


@pytest.mark.parametrize("host", ["192.168.0.5", "10.0.0.1", "sagram.example", "localhost.example"])
def test_an_address_that_others_reach_is_not_called_local(host):
    assert not read_address(f"http://{host}").is_local


def test_a_page_of_the_app_tells_where_the_app_is():
    assert page_address("https://sagram.example/app/present?scene=3", "present").base == "https://sagram.example/app"
    assert page_address("http://10.0.0.1:8501/present/", "present").base == "http://10.0.0.1:8501"
    assert page_address("http://10.0.0.1:8501/", "present").base == "http://10.0.0.1:8501"


def test_the_join_page_carries_the_room():
    address = read_address("10.0.0.1:8501")

    assert address.page_url("survey", room="123456") == "http://10.0.0.1:8501/survey?room=123456"
    assert address.room_url("123456") == "http://10.0.0.1:8501/123456"
    assert address.page_url("survey") == "http://10.0.0.1:8501/survey"
    assert address.without_scheme == "10.0.0.1:8501"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_refused_or_read_the_same_again(typed):
    try:
        base = read_address(typed).base
    except AddressError:
        return

    assert read_address(base).base == base
    assert base.startswith(("http://", "https://"))
    assert not set(base) & set("<>\"'@?# \n")
