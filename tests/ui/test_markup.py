"""Pieces of HTML: filled in, escaped, with powers set as powers."""

import pytest

from ui import markup


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_power_is_set_as_one(speak, language):
    speak(language)

    promise = markup.rendered("promise")

    assert "e<sup>ε</sup>" in promise
    assert "e^ε" not in promise


def test_whatever_stands_around_a_power_is_escaped():
    piece = markup._environment().from_string('{% from "powers.html" import powers %}{{ powers(text) }}')

    assert piece.render(text="<i>2</i> · e^ε") == "&lt;i&gt;2&lt;/i&gt; · e<sup>ε</sup>"
