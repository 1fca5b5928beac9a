"""The scenes by number: what each draws on the projector, and what going on within it does."""

from collections.abc import Callable
from dataclasses import dataclass

from core.survey.scenes import Scene
from store.survey import SurveyStore
from ui.present import stage_state
from ui.present.scenes import beside, dial, guess, lobby, noise, played, products, voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One scene.

    Attributes:
        name: Its name in phrases.
        draw: Draws it on the projector.
        step: Goes on within it, or back; None where there is nothing to go on with.
    """

    name: str
    draw: Callable[[SurveyStore, stage_state.Shown], None]
    step: Callable[[SurveyStore, stage_state.Shown, int], None] | None = None


ACTS: dict[int, Act] = {
    stage_state.LOBBY: Act(name="lobby", draw=lobby.draw),
    Scene.PLAYED: Act(name="played", draw=played.draw, step=played.step),
    Scene.NOISE: Act(name="noise", draw=noise.draw, step=noise.step),
    Scene.PAIR: Act(name="beside", draw=beside.draw, step=dial.nudge),
    Scene.GUESS: Act(name="guess", draw=guess.draw, step=guess.step),
    Scene.RECOMMEND: Act(name="products", draw=products.draw, step=products.step),
    Scene.SURVEY: Act(name="voices", draw=voices.draw, step=voices.step),
}
