"""What a reading says about itself in the shell."""

import json
import pickle

from core.ingest.reading import ColumnReading, LeftOut, Question, Reading, Verdict


def test_a_reading_is_plain_values_under_the_names_of_the_contract():
    reading = Reading(
        verdict=Verdict.ASK,
        reason="ambiguous_decimal",
        nonprivate_people=2,
        columns=(
            ColumnReading(name="식비", used=True, why="spending", nonprivate_sum=3.0, nonprivate_clipped_share=0),
        ),
        nonprivate_left_out=(LeftOut(line=9, reason="total_row", value="합계"),),
        questions=(Question(key="decimal", reason="ambiguous_decimal", proposed=",", choices=(".", ",")),),
    )
    told = json.loads(json.dumps(reading.to_dict()))

    assert (told["verdict"], told["reason"], told["n_people"]) == ("ask", "ambiguous_decimal", 2)
    assert (told["columns"][0]["sum"], told["columns"][0]["clipped_share"]) == (3.0, 0)
    assert told["left_out"] == [{"line": 9, "reason": "total_row", "value": "합계"}]
    assert told["questions"][0]["proposed"] == ","
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301 - our own bytes
