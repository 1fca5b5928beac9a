"""Present: a room, its scenes, and its results on the big screen."""

from store.survey import survey_store
from ui.present import front, projector, speaker_view, stage_state

store = survey_store()
now = stage_state.shown(store)
if now.room is None and now.scene == stage_state.LOBBY:
    front.screen(store)
elif now.is_noted:
    speaker_view.screen(store, now)
else:
    projector.screen(store, now)
