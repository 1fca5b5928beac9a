"""Pieces of HTML: filled in, escaped, with powers set as powers."""

import pytest
from jinja2 import UndefinedError

from ui import markup


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_power_is_set_as_one(speak, language):
    speak(language)

    promise = markup.render("promise")

    assert "e<sup>ε</sup>" in promise
    assert "e^ε" not in promise


def test_whatever_stands_around_a_power_is_escaped():
    piece = markup._environment().from_string('{% from "powers.html" import powers %}{{ powers(text) }}')

    assert piece.render(text="<i>2</i> · e^ε") == "&lt;i&gt;2&lt;/i&gt; · e<sup>ε</sup>"


def test_a_short_piece_is_escaped_as_a_file_is():
    assert markup.render("quiet", text="<i>2</i>") == '<p class="quiet">&lt;i&gt;2&lt;/i&gt;</p>'


def test_a_short_piece_leaves_no_gap_and_takes_nothing_that_it_does_not_know():
    with pytest.raises(UndefinedError, match="text"):
        markup.render("quiet")
    with pytest.raises(TypeError, match="txt"):
        markup.render("quiet", text="", txt="")


def test_no_file_holds_what_is_a_macro_already():
    files = {path.stem for path in (markup.ASSETS / "html").glob("*.html")}

    assert not [name for name in files if hasattr(markup._macros(), name)]
