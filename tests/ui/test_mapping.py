"""What the table of an upload's columns says, in both languages."""

import pytest

from core.ingest.columns import propose_column
from ui.data import mapping


@pytest.mark.parametrize(
    ("header", "korean", "english"),
    [("식비(만원)", "만원", "₩10,000"), ("나이", "세", "years"), ("커피(원)", "만원", "₩10,000")],
)
def test_the_unit_of_a_column_is_said_in_the_readers_language(speak, header, korean, english):
    column = propose_column(header)

    for language, said in (("ko", korean), ("en", english)):
        speak(language)
        assert mapping._describe_column(column)["unit"] == said


def test_a_name_that_means_no_known_category_stays_as_the_file_writes_it(speak):
    speak("en")

    assert mapping._describe_column(propose_column("텃밭(만원)"))["name"] == "텃밭"
