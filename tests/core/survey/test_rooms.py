import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.survey.limits import SCENE_MAX, STAGE_ENTRIES_MAX, STAGE_TEXT_MAX
from core.survey.problems import SurveyError, SurveyProblem
from core.survey.rooms import CODE_LENGTH, WEB_ROOM, check_scene, check_stage, draw_code, read_code


@given(st.integers(0, 2**32))
def test_a_drawn_code_is_six_digits_that_read_as_themselves_and_begin_with_none_that_spreadsheets_drop(seed):
    code = draw_code(np.random.default_rng(seed))

    assert len(code) == CODE_LENGTH
    assert code.isdigit()
    assert code[0] != "0"
    assert read_code(code) == code != WEB_ROOM


@pytest.mark.parametrize("typed", ["123456", " 123 456\n", "123-456", "１２３４５６", "1 2 3 4 5 6"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["WEB", "web", " Web "])
def test_the_room_without_a_presenter_has_a_name(typed):
    assert read_code(typed) == WEB_ROOM


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "WEBS", "1" * 10_000, "<b>12"])
def test_what_cannot_be_a_code_names_no_room(typed):
    with pytest.raises(SurveyError) as refused:
        read_code(typed)

    assert refused.value.problem is SurveyProblem.UNKNOWN_ROOM
    assert not refused.value.passes


@pytest.mark.parametrize("scene", [-1, SCENE_MAX + 1])
def test_a_scene_out_of_bounds_is_refused(scene):
    with pytest.raises(SurveyError, match=f"not {scene}") as refused:
        check_scene(scene)

    assert refused.value.problem is SurveyProblem.INVALID


def test_a_stage_is_copied_and_cannot_be_written_to():
    given_ = {"round": "3"}
    stage = check_stage(given_)
    given_["round"] = "4"

    assert stage == {"round": "3"}
    with pytest.raises(TypeError):
        stage["round"] = "5"


@pytest.mark.parametrize(
    "stage",
    [
        {str(number): "" for number in range(STAGE_ENTRIES_MAX + 1)},
        {"k" * 41: ""},
        {"k": "v" * (STAGE_TEXT_MAX + 1)},
    ],
)
def test_a_stage_that_is_too_large_is_refused(stage):
    with pytest.raises(SurveyError) as refused:
        check_stage(stage)

    assert refused.value.problem is SurveyProblem.INVALID
