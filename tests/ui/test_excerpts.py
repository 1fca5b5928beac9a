"""The code shown in the lab is read from the core as it stands."""

from pathlib import Path

import pytest

from core.privacy.noise import check_epsilon, two_sided_geometric
from ui.lab import excerpts
from ui.lab.excerpts import Excerpt
from ui.lab.sections import SECTIONS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_shows_a_few_lines_of_the_core(section):
    lines = excerpts.read(SECTIONS[section].code)

    source = (ROOT / lines.path).read_text(encoding="utf-8").splitlines()
    shown = [line.strip() for line in lines.text.splitlines()]
    assert lines.path.startswith("core/")
    assert [line.strip() for line in source[lines.first - 1 : lines.last]] == shown
    assert 2 <= len(shown) <= 9
    assert shown[0]


def test_what_is_shown_begins_after_the_docstring_unless_told():
    assert excerpts.read(Excerpt(of=check_epsilon, lines=1)).text.startswith("if not (math.isfinite(epsilon)")


def test_a_line_that_has_gone_from_the_core_is_an_error():
    with pytest.raises(LookupError, match="no line begins with 'gone ='"):
        excerpts.read(Excerpt(of=two_sided_geometric, begins="gone ="))
