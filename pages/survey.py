"""Survey: answer on the phone, in a room or alone, and see what the room answered."""

from store.survey import survey_store
from ui import session
from ui.survey import entry, phone

store = survey_store()
room = session.settings.room
if room:
    phone.follow(store, room)
else:
    entry.screen(store)
