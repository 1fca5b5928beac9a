"""Korean particles follow the last sound of what is filled in: endings by hand, all numbers, and every phrase."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import EPSILON_CHOICES
from ui.languages import LANGUAGES
from ui.languages.particles import MARKERS, Ending, agree, find_ending
from ui.text import own_phrases

KOREAN = own_phrases("ko")
#: Blanks that always end in the same sound, each with something that stands in it.
ALWAYS = {
    "people": "12명",
    "alone": "3명",
    "least": "2명",
    "finished": "5명",
    "above": "100,000명",
    "times": "2.7배",
    "share": "12%",
    "bound": "73%",
    "clipped": "<0.1%",
    "plain": "100%",
}
#: 이고 after a blank is right after a vowel too, only longer; all other particles have two forms.
_PARTICLES = "이에요|예요|이라서|라서|이라면|라면|으로|이면|이나|[이가을를은는와과로면나]"
_BARE = re.compile(rf"\{{(\w+)\}}[’”」]*({_PARTICLES})(?![가-힣(])")
#: (으)로 goes on as 으로도 and 으로만, 은 and 는 do not.
_LONGER = re.compile(r"\{(\w+)\}[’”」]*(으로|로)(?=도|만|는)")


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("통장", Ending.CONSONANT),
        ("카드", Ending.VOWEL),
        ("서울", Ending.RIEUL),
        ("0", Ending.CONSONANT),  # 영
        ("1", Ending.RIEUL),  # 일
        ("2", Ending.VOWEL),  # 이
        ("3", Ending.CONSONANT),  # 삼
        ("4", Ending.VOWEL),  # 사
        ("5", Ending.VOWEL),  # 오
        ("6", Ending.CONSONANT),  # 육
        ("7", Ending.RIEUL),  # 칠
        ("8", Ending.RIEUL),  # 팔
        ("9", Ending.VOWEL),  # 구
        ("10", Ending.CONSONANT),  # 십
        ("200", Ending.CONSONANT),  # 이백
        ("1,000", Ending.CONSONANT),  # 천
        ("10,000", Ending.CONSONANT),  # 만
        ("500,000", Ending.CONSONANT),  # 오십만
        ("100,000,000", Ending.CONSONANT),  # 일억
        ("3,000,000,000,000", Ending.VOWEL),  # 삼조
        ("20,000,000,000,000", Ending.VOWEL),  # 이십조
        ("0.97", Ending.RIEUL),  # 영 점 구칠
        ("0.1", Ending.RIEUL),
        ("0.3", Ending.CONSONANT),
        ("0.05", Ending.VOWEL),
        ("2.50", Ending.CONSONANT),  # 이 점 오영
        ("12%", Ending.VOWEL),  # 퍼센트
        ("<0.1%", Ending.VOWEL),
        ("$1,000", Ending.VOWEL),  # 천 달러
        ("2.7배", Ending.VOWEL),
        ("1,234명", Ending.CONSONANT),
        ("3만 2천 원", Ending.CONSONANT),
        ("k", Ending.VOWEL),  # 케이
        ("ε", Ending.CONSONANT),  # 엡실론
        ("δ", Ending.VOWEL),  # 델타
        ("★", Ending.RIEUL),  # 별
        ("SVD", Ending.VOWEL),  # 에스브이디
        ("URL", Ending.RIEUL),  # 유알엘
        ("GSM", Ending.CONSONANT),  # 지에스엠
        ("QR", Ending.RIEUL),  # 큐알
        ("Google", Ending.RIEUL),  # 구글
        ("FastLloyd", Ending.VOWEL),  # 패스트로이드
        ("Synopsis", Ending.VOWEL),  # 시놉시스
        ("online", Ending.CONSONANT),  # 온라인
        ("web", Ending.CONSONANT),  # 웹
        ("food", Ending.VOWEL),  # 푸드
        ("식비(만원)", Ending.VOWEL),  # 식비
        ("ARI (조정 랜드 지수)", Ending.VOWEL),  # 에이아르아이
        ("‘이 데이터로 보기’", Ending.VOWEL),
        ("http://192.168.0.5:8501/", Ending.RIEUL),
        ("", None),
        ("食費", None),
    ],
)
def test_a_word_ends_as_it_is_read_aloud(text, ending):
    assert find_ending(text) == ending


@pytest.mark.parametrize(
    ("phrase", "filled", "said"),
    [
        ("ε {x}(으)로 산", "1", "ε 1로 산"),
        ("ε {x}(으)로 산", "0.1", "ε 0.1로 산"),
        ("ε {x}(으)로도", "0.3", "ε 0.3으로도"),
        ("ε {x}(으)로도", "10", "ε 10으로도"),
        ("{x}이에요(예요).", "0.97", "0.97이에요."),
        ("{x}이에요(예요).", "0.95", "0.95예요."),
        ("ε {x}을(를) 써요", "0.5", "ε 0.5를 써요"),
        ("ε {x}을(를) 써요", "3", "ε 3을 써요"),
        ("‘{x}’은(는) 기간이", "일 년", "‘일 년’은 기간이"),
        ("‘{x}’은(는) 기간이", "1e", "‘1e’는 기간이"),
        ("{x}과(와) 함께", "교통", "교통과 함께"),
        ("{x}(이)면 돼요", "2", "2면 돼요"),
        ("{x}(이)라면", "8", "8이라면"),
        ("{x}을(를)", "食費", "食費을(를)"),
    ],
)
def test_the_particle_that_fits_is_said_and_both_where_nobody_can_tell(phrase, filled, said):
    assert LANGUAGES["ko"].fill(phrase, {"x": filled}) == said


def test_what_is_filled_in_is_never_taken_for_a_marker():
    assert LANGUAGES["ko"].fill("{x} · {y}이(가)", {"x": "은(는)", "y": "을(를)"}) == "은(는) · 을(를)이"


@pytest.mark.parametrize("marker", MARKERS)
@given(number=st.integers(0, 99_999), digits=st.sampled_from(["{:d}", "{:,d}", "0.{:d}", "{:d}%"]))
def test_every_marker_is_resolved_for_every_number(marker, number, digits):
    said = agree(marker, digits.format(number))

    assert said in MARKERS[marker]
    assert "(" not in said


@pytest.mark.parametrize("marker", MARKERS)
def test_every_marker_is_resolved_for_every_epsilon_and_every_share_of_it(marker):
    values = [share * epsilon for epsilon in EPSILON_CHOICES for share in (1.0, 0.1, 0.2, 0.3, 0.4, 0.5)]

    assert all(agree(marker, f"{value:.3g}") in MARKERS[marker] for value in values)


@pytest.mark.parametrize("key", [key for key, text in KOREAN.items() if _BARE.search(text) or _LONGER.search(text)])
def test_a_bare_particle_stands_only_behind_a_blank_that_always_ends_the_same(key):
    for pattern in (_BARE, _LONGER):
        for blank, particle in pattern.findall(KOREAN[key]):
            assert blank in ALWAYS, f"{key}: mark the particle after {{{blank}}}"
            fitting = {agree(marker, ALWAYS[blank]) for marker in MARKERS}
            whole = fitting | {f"{said}{rest}" for said in fitting for rest in ("로", "라서", "라면", "면", "나")}
            assert particle in whole, f"{key}: {ALWAYS[blank]}{particle}"


def test_markers_stand_only_behind_blanks():
    stray = re.compile(rf"(?<![}}’”」])({'|'.join(map(re.escape, MARKERS))})")

    assert not [key for key, text in KOREAN.items() if stray.search(text)]
