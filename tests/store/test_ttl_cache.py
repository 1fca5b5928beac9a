import math
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from core.survey.problems import SurveyError, SurveyProblem
from store import ttl_cache
from store.ttl_cache import REFUSED_SECONDS, TtlCache


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

        def monotonic(self):
            return self.now

    made = Clock()
    monkeypatch.setattr(ttl_cache, "time", made)
    return made


class Source:
    """Something that is read, and counts how often; it refuses while ``problem`` is set."""

    def __init__(self):
        self.n_reads = 0
        self.problem = None

    def read(self):
        self.n_reads += 1
        if self.problem:
            raise SurveyError(self.problem)
        return self.n_reads


def test_a_value_is_shared_until_it_is_too_old(clock):
    source, kept = Source(), TtlCache(seconds=1.0, size=9)

    seen = []
    for now in (0.0, 0.5, 1.0, 1.1, 2.0, 2.2):
        clock.now = now
        seen.append(kept.get_or_read("room", source.read))

    assert seen == [1, 1, 1, 2, 2, 3]


def test_a_forgotten_value_is_read_again_and_others_stay():
    source, kept = Source(), TtlCache(seconds=math.inf, size=9)
    assert [kept.get_or_read(key, source.read) for key in "abab"] == [1, 2, 1, 2]

    kept.forget("a")

    assert [kept.get_or_read(key, source.read) for key in "ab"] == [3, 2]


def test_only_so_many_are_kept_and_the_least_recently_used_goes():
    source, kept = Source(), TtlCache(seconds=math.inf, size=2)

    assert [kept.get_or_read(key, source.read) for key in "abacab"] == [1, 2, 1, 3, 1, 4]


def test_a_refusal_is_kept_for_a_moment_only(clock):
    source, kept = Source(), TtlCache(seconds=math.inf, size=9)
    source.problem = SurveyProblem.UNAVAILABLE
    for _ in range(3):
        with pytest.raises(SurveyError) as refused:
            kept.get_or_read("room", source.read)
        assert refused.value.problem is SurveyProblem.UNAVAILABLE
    assert source.n_reads == 1

    clock.now = REFUSED_SECONDS + 0.1
    source.problem = None
    assert kept.get_or_read("room", source.read) == 2


def test_many_who_look_at_once_read_once():
    source, kept, started = Source(), TtlCache(seconds=math.inf, size=9), Event()

    def slowly():
        started.wait(10)
        return source.read()

    with ThreadPoolExecutor(8) as sessions:
        looks = [sessions.submit(kept.get_or_read, "room", slowly) for _ in range(8)]
        started.set()
        assert {look.result() for look in looks} == {1}
