"""Present: a room, its scenes, and its results on the big screen."""

from store.survey import survey_store
from ui import frame
from ui.present import front, presenter_auth, projector, speaker_view
from ui.present.scenes.registry import SCENES
from ui.present.stage import LOBBY, Stage

presenter_auth.recognise(survey_store())
stage = Stage.open(survey_store(), SCENES)
frame.show_notices()
if stage.room is None and stage.number == LOBBY:
    front.screen(stage)
elif stage.shows_notes:
    speaker_view.screen(stage)
else:
    projector.screen(stage)
