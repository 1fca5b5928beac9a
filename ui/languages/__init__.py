"""The languages that the app speaks: one record each, registered here."""

from ui.languages.english import ENGLISH
from ui.languages.korean import KOREAN
from ui.languages.language import Language

#: All languages by key, as the switch offers them; a visitor whose browser names none is spoken to in the first.
LANGUAGES: dict[str, Language] = {language.key: language for language in (KOREAN, ENGLISH)}
#: Speaks to visitors whose language nobody has added, and lends the phrases and labels that another language lacks.
FALLBACK = ENGLISH.key

__all__ = ["FALLBACK", "LANGUAGES", "Language"]
