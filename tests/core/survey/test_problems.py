"""Refusals: what may be sent again, and what a log shows of them."""

from core.survey.problems import SurveyError, SurveyProblem


def test_a_closed_room_does_not_open_by_sending_again_but_a_database_may_come_back():
    assert not SurveyError(SurveyProblem.CLOSED_ROOM).passes
    assert SurveyError(SurveyProblem.UNAVAILABLE).passes


def test_a_refusal_shows_its_problem_and_its_detail():
    assert str(SurveyError(SurveyProblem.FULL_ROOM)) == "full_room"
    assert str(SurveyError(SurveyProblem.FULL_ROOM, "2000 have joined")) == "full_room: 2000 have joined"
