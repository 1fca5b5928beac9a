"""The bounds of rooms and answers that forms, the store and property tests share."""

TEXT_MAX = 500
KEY_MAX = 40
CHOICES_MAX = 20
ANSWERS_AT_ONCE_MAX = 20

SCENE_MAX = 99
STAGE_ENTRIES_MAX = 20
STAGE_TEXT_MAX = 500

PARTICIPANTS_MAX = 2_000
JOINS_PER_MINUTE_MAX = 600
#: Of one participant: someone who taps a choice every second stays below.
ANSWERS_PER_MINUTE_MAX = 90
#: Of one participant in one generation of a room.
ANSWERS_MAX = 1_000
#: Of a whole room: five hundred people who answer every three seconds stay below.
ROOM_ANSWERS_PER_MINUTE_MAX = 12_000

#: Shares of fewer people than this would reveal too much about each.
SHOWN_FROM = 5
