"""An .xls as Excel 97 wrote it, by hand: nothing that is installed writes one."""

import struct

SECTOR = 512
#: Streams below this size would lie among the small ones.
STREAM_BYTES = 4096
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_old_excel(rows):
    """Write a workbook of one sheet: text and figures."""
    cells = [_cell(row, column, value) for row, cells in enumerate(rows) for column, value in enumerate(cells)]
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(cells) + _record(0x000A)
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = b"Sheet1"
    entry = struct.pack("<HBB", 0, len(name), 0) + name
    at = len(begin) + 4 + 4 + len(entry) + 4
    book = begin + _record(0x0085, struct.pack("<I", at) + entry) + _record(0x000A) + sheet
    return _pack(book.ljust(STREAM_BYTES, b"\0"))


def _record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _pack(stream):
    """Put one stream into a compound file: its header, the table of sectors, the directory, the stream."""
    n_sectors = -(-len(stream) // SECTOR)
    table = [TABLE, END, *range(3, 2 + n_sectors), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header = magic + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, STREAM_BYTES, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    directory = _entry("Root Entry", 5, child=1, start=END, size=0) + _entry("Workbook", 2, start=2, size=len(stream))
    directory += _entry("", 0) * 2
    return header + struct.pack(f"<{len(table)}I", *table) + directory + stream.ljust(n_sectors * SECTOR, b"\0")


def _entry(name, kind, *, child=FREE, start=0, size=0):
    text = name.encode("utf-16-le")
    named = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2 if name else 0, kind, 1)
    return named + struct.pack("<III", FREE, FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
