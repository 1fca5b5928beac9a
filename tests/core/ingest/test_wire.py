"""Values that cross between processes: whole, of known kinds, within bounds."""

import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.catalogue import load_catalogue
from core.ingest import LoadProblem, Rejection, RejectionReason, load, propose_wide, read_sheet, wire
from core.ingest.answers import Answers
from core.ingest.wire import WireError, receive, send


def _cross(value):
    file = io.BytesIO()
    send(value, file)
    return receive(io.BytesIO(file.getvalue()), bytes_max=1 << 30)


words = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(plain)
def test_plain_values_cross_unchanged(value):
    assert _cross(value) == value


def test_records_codes_and_what_they_hold_cross_unchanged():
    rejection = Rejection(line=np.int64(3), reason=RejectionReason.RAGGED, column=None, value="x")
    values = (LoadProblem.BUSY, rejection, load_catalogue(), Answers(given={"decimal": ","}))

    assert _cross(values) == values
    assert type(_cross(LoadProblem.BUSY)) is LoadProblem


def test_a_sheet_crosses_with_its_cells_and_lines_and_so_does_what_it_means():
    sheet = read_sheet("id,식비\na,1\nb\nc,3\n".encode(), name="표.csv")
    crossed = _cross(sheet)

    assert crossed.cells.equals(sheet.cells)
    assert crossed.lines.tolist() == sheet.lines.tolist()
    assert not crossed.lines.flags.writeable
    assert (crossed.header, crossed.ragged, crossed.format) == (sheet.header, sheet.ragged, sheet.format)
    assert _cross(propose_wide(sheet)) == propose_wide(sheet)


def test_people_cross_with_their_names_and_products():
    content = "id,식비,교통비,products\n가,1,2,dep-01\n나나,3,4,\n다,x,1,\n".encode()
    sheet = read_sheet(content, name="a.csv")
    loaded = load(sheet, propose_wide(sheet))
    crossed = _cross(loaded)

    assert np.array_equal(crossed.table.values, loaded.table.values)
    assert crossed.table.values.dtype == loaded.table.values.dtype
    assert crossed.table.person_ids.tolist() == ["가", "나나"]
    assert crossed.table.content_key == loaded.table.content_key
    assert (crossed.rejections, crossed.table.columns) == (loaded.rejections, loaded.table.columns)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((0, 3), dtype=np.float32),
        np.arange(6, dtype=np.int16).reshape(2, 3),
        np.asarray(["a", "가나다"]),
        np.asarray([True, False]),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    ],
)
def test_arrays_cross_in_their_shape_and_type(array):
    crossed = _cross(array)

    assert np.array_equal(crossed, array)
    assert (crossed.dtype, crossed.shape) == (array.dtype, array.shape)


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, Ellipsis])
def test_what_is_of_no_known_kind_is_not_sent(value):
    with pytest.raises(TypeError, match="cannot send a"):
        send(value, io.BytesIO())


def _framed(encoded, n_tables=0):
    written = json.dumps([n_tables, encoded]).encode()
    return len(written).to_bytes(8, "little") + written


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x05",
        (1 << 60).to_bytes(8, "little"),
        _framed({"kind": "Popen", "value": {"args": "true"}}),
        _framed({"kind": "Rejection", "value": {"line": 1}}),
        _framed({"kind": "LoadProblem", "value": "no such problem"}),
        _framed({"kind": "table", "value": 0}),
        _framed({"kind": "table", "value": 0}, 1) + b"no arrow",
        _framed({"other": 1}),
        _framed(1, "many"),
        (5).to_bytes(8, "little") + b"{nope",
        (20_000).to_bytes(8, "little") + b"[" * 20_000,
    ],
)
def test_what_arrives_broken_builds_nothing(content):
    with pytest.raises(WireError):
        receive(io.BytesIO(content), bytes_max=1 << 20)


def test_more_than_was_allowed_is_refused_before_room_is_made_for_it():
    file = io.BytesIO()
    send(read_sheet(b"id,food\n" + b"a,1\n" * 100_000, name="a.csv"), file)

    with pytest.raises(WireError, match="bytes are left"):
        receive(io.BytesIO(file.getvalue()), bytes_max=10_000)


@given(st.data())
def test_a_message_with_a_byte_changed_is_read_or_refused(data):
    file = io.BytesIO()
    send(read_sheet(b"id,food\na,1\nb,2\n", name="a.csv"), file)
    content = bytearray(file.getvalue())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        receive(io.BytesIO(bytes(content)), bytes_max=1 << 20)
    except WireError as error:
        assert str(error)  # noqa: PT017 - either is fine, anything else is not


def test_every_kind_that_crosses_is_known_by_its_own_name():
    assert all(name == kind.__name__ for name, kind in {**wire._RECORDS, **wire._CODES}.items())
