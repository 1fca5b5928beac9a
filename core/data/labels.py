"""Names for people: a mapping from the code of a language, such as ``"ko"``, to what the thing is called in it."""

import re
from collections.abc import Mapping

Labels = Mapping[str, str]

#: Languages to fall back on, in this order, where a label is missing in the one asked for.
_FALLBACKS = ("en", "ko")
_CODE = re.compile(r"[a-z]{2,3}")


def read_labels(row: Mapping[str, str], name: str) -> dict[str, str]:
    """Return what the columns ``<name>_<language>`` of ``row`` say, by language; what says nothing is left out."""
    told = ((column.removeprefix(f"{name}_"), text) for column, text in row.items() if column.startswith(f"{name}_"))
    return {language: text for language, text in told if text and _CODE.fullmatch(language)}


def choose_label(labels: Labels, language: str) -> str:
    """Return the label in ``language``, or else in English, in Korean, in any language; empty if there is none.

    >>> choose_label({"ko": "식비", "en": "Food"}, "eo")
    'Food'
    """
    asked = (labels.get(code, "") for code in (language, *_FALLBACKS, *labels))
    return next((text for text in asked if text), "")
