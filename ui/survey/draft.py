"""What is half typed on a phone: kept there until it is sent, whatever the presenter does meanwhile."""

from core.survey.questions import Question
from ui.components import component
from ui.survey.participation import Participation


def keep(mine: Participation, question: Question, *, inside: str) -> None:
    """Let the phone keep what stands in the form inside the container ``inside``, and fill it in again."""
    kept = mine.answers.get(question.key)
    component("survey/draft")(
        key=f"draft_{question.key}",
        data={
            "place": f"{mine.room.code}.{mine.room.generation}.{question.key}",
            "answer": kept.submission if kept else "",
            "inside": inside,
        },
    )
