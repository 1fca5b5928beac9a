"""English: everything as ``Language`` has it."""

from ui.languages.language import Language

ENGLISH = Language(key="en", name="English", locales=("en",))
