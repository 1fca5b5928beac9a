"""Text encodings of uploaded files, detected in chunks: a large file is never held as one Python string."""

import codecs
import re
from dataclasses import dataclass

from core.ingest.problems import LoadError, LoadProblem

#: Bytes decoded at a time, so that a large file is never held as Python text.
CHUNK_BYTES = 1 << 22
#: A Hangul syllable in UTF-8 twice in a row: next to impossible in CP949 text.
_UTF8_HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){2}")
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The bytes of a text file in UTF-8.

    Attributes:
        content: UTF-8 without a byte order mark.
        encoding: How the file was written: ``"utf-8"``, ``"utf-8-sig"`` or ``"cp949"``.
    """

    content: bytes
    encoding: str


def decode(content: bytes) -> Decoded:
    """Return ``content`` in UTF-8.

    Raises:
        LoadError: UNDECODABLE or MIXED_ENCODINGS, with the line.
    """
    encoding = "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        content, encoding = content[len(codecs.BOM_UTF8) :], "utf-8-sig"
    stopped = _find_undecodable(content, encoding="utf-8")
    if stopped is None:
        return Decoded(content=content, encoding=encoding)
    if encoding == "utf-8-sig" or _UTF8_MULTIBYTE.search(content, 0, _line_start(content, stopped)):
        raise LoadError(LoadProblem.MIXED_ENCODINGS, line=_line_number(content, stopped))
    return Decoded(content=_decode_cp949(content, stopped=stopped), encoding="cp949")


def _decode_cp949(content: bytes, *, stopped: int) -> bytes:
    foreign = _find_utf8_line(content)
    if foreign is not None:
        raise LoadError(LoadProblem.MIXED_ENCODINGS, line=_line_number(content, foreign))
    undecodable = _find_undecodable(content, encoding="cp949")
    if undecodable is not None:
        raise LoadError(LoadProblem.UNDECODABLE, line=_line_number(content, max(stopped, undecodable)))
    decoder = codecs.getincrementaldecoder("cp949")()
    starts = range(0, len(content), CHUNK_BYTES)
    return b"".join(decoder.decode(content[start : start + CHUNK_BYTES]).encode() for start in starts)


def _find_undecodable(content: bytes, *, encoding: str) -> int | None:
    """Return the offset of the first byte that is not ``encoding``, or None if all is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), CHUNK_BYTES):
        pending = len(decoder.getstate()[0])
        last = start + CHUNK_BYTES >= len(content)
        try:
            decoder.decode(content[start : start + CHUNK_BYTES], final=last)
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return None


def _find_utf8_line(content: bytes) -> int | None:
    """Return where the first line of Hangul in UTF-8 begins, if any line is such."""
    for match in _UTF8_HANGUL.finditer(content):
        start = _line_start(content, match.start())
        end = content.find(b"\n", match.end())
        try:
            content[start : end if end >= 0 else len(content)].decode()
        except UnicodeDecodeError:
            continue
        return start
    return None


def _line_start(content: bytes, offset: int) -> int:
    return content.rfind(b"\n", 0, offset) + 1


def _line_number(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
