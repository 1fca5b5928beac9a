"""Present: a room, its scenes, and its results on the big screen."""

from store.survey import survey_store
from ui.present import desk, front, lead, projector

store = survey_store()
now = lead.shown(store)
if now.room is None and now.scene == lead.LOBBY:
    front.screen(store)
elif now.is_noted:
    desk.screen(store, now)
else:
    projector.screen(store, now)
