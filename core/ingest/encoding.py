"""Text encodings of uploaded files, detected in chunks: a large file is never held as one Python string."""

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.ingest.encoding_evidence import CERTAIN, LIKELY, weigh
from core.ingest.problems import LoadError, LoadProblem

#: Bytes decoded at a time, so that a large file is never held as Python text.
CHUNK_BYTES = 1 << 22
#: A Hangul syllable in UTF-8 twice in a row: next to impossible in CP949 text.
_UTF8_HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){2}")
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
#: No text has these: they are the marks of pictures, programs and the like.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19]")
#: How much of the beginning is looked through for them, and for the blank halves of UTF-16.
LOOKED_AT_BYTES = 1 << 16
#: Encodings by the names they are told by, and Python's decoder of each: Windows writes a superset of Shift-JIS.
CODECS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "utf-8",
        "utf-8-sig": "utf-8",
        "utf-16": "utf-16",
        "utf-16-le": "utf-16-le",
        "utf-16-be": "utf-16-be",
        "cp949": "cp949",
        "shift_jis": "cp932",
        "cp1252": "cp1252",
        "latin-1": "latin-1",
    }
)
#: The part of every other byte that is 0 in UTF-16, at least: of separators, figures and line ends.
_BLANK_SHARE = 0.1
#: Two letters of ASCII side by side, and the part of them in UTF-16, at most.
_ASCII_PAIR = re.compile(rb"[ -~]{2}")
_PAIRS_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The bytes of a text file in UTF-8.

    Attributes:
        content: UTF-8 without a byte order mark.
        encoding: How the file was written, a key of ``CODECS``.
        candidates: Encodings that would explain the file as well, the likeliest first and ``encoding`` among them;
            empty where there is no doubt. Where there is, only the user can tell.
    """

    content: bytes = field(repr=False)
    encoding: str
    candidates: tuple[str, ...] = ()


def decode(content: bytes, *, encoding: str | None = None) -> Decoded:
    """Return ``content`` in UTF-8.

    Args:
        content: The bytes of the file.
        encoding: How it was written, a key of ``CODECS``; None: find out.

    Raises:
        LoadError: UNDECODABLE or MIXED_ENCODINGS, with the line.
    """
    if encoding is None:
        return _find_out(content)
    bare = content.removeprefix(codecs.BOM_UTF8) if encoding.startswith("utf-8") else content
    return Decoded(content=_decode_as(bare, encoding), encoding=encoding)


def is_text(content: bytes) -> bool:
    """Return whether ``content`` can be text in any encoding that is known here."""
    return _find_utf16(content) is not None or (
        b"\0" not in content and not _CONTROL.search(content, 0, LOOKED_AT_BYTES)
    )


def _find_out(content: bytes) -> Decoded:
    utf16 = _find_utf16(content)
    if utf16 is not None:
        return Decoded(content=_decode_as(content, utf16), encoding=utf16)
    encoding = "utf-8"
    if content.startswith(codecs.BOM_UTF8):
        content, encoding = content[len(codecs.BOM_UTF8) :], "utf-8-sig"
    stopped = _find_undecodable(content, encoding="utf-8")
    if stopped is None:
        return Decoded(content=content, encoding=encoding)
    foreign = _find_utf8_line(content)
    if encoding == "utf-8-sig" or _UTF8_MULTIBYTE.search(content, 0, _line_start(content, stopped)):
        raise LoadError(LoadProblem.MIXED_ENCODINGS, line=_line_number(content, stopped))
    if foreign is not None:
        raise LoadError(LoadProblem.MIXED_ENCODINGS, line=_line_number(content, foreign))
    return _decode_legacy(content, stopped=stopped)


def _decode_legacy(content: bytes, *, stopped: int) -> Decoded:
    """Decode what is not UTF-8 from ``stopped`` on: by which encodings can, and how much it looks like each."""
    evidence = weigh(content, start=stopped)
    korean = _transcode(content, "cp949")
    likely = sorted((name for name, share in evidence.items() if share >= LIKELY), key=lambda name: -evidence[name])
    if isinstance(korean, bytes) and (evidence["cp949"] >= LIKELY or not likely):
        return Decoded(content=korean, encoding="cp949")
    decoded = {name: text for name in likely if isinstance(text := _transcode(content, CODECS[name]), bytes)}
    if not decoded:
        undecodable = korean if isinstance(korean, int) else stopped
        raise LoadError(LoadProblem.UNDECODABLE, line=_line_number(content, max(stopped, undecodable)))
    first = next(iter(decoded))
    if isinstance(korean, int) and len(decoded) == 1 and evidence[first] >= CERTAIN:
        return Decoded(content=decoded[first], encoding=first)
    candidates = (*decoded, *(["cp949"] if isinstance(korean, bytes) else []))
    return Decoded(content=decoded[first], encoding=first, candidates=candidates if len(candidates) > 1 else ())


def _decode_as(content: bytes, encoding: str) -> bytes:
    decoded = _transcode(content, CODECS[encoding])
    if isinstance(decoded, int):
        raise LoadError(LoadProblem.UNDECODABLE, line=_line_number(content, decoded))
    return decoded


def _transcode(content: bytes, codec: str) -> bytes | int:
    """Return ``content`` in UTF-8, or the offset of the first byte that ``codec`` cannot explain."""
    decoder = codecs.getincrementaldecoder(codec)()
    text = io.BytesIO()
    for start in range(0, len(content), CHUNK_BYTES):
        pending = len(decoder.getstate()[0])
        last = start + CHUNK_BYTES >= len(content)
        try:
            text.write(decoder.decode(content[start : start + CHUNK_BYTES], final=last).encode())
        except UnicodeError as error:
            return start - pending + getattr(error, "start", 0)
    return text.getvalue()


def _find_utf16(content: bytes) -> str | None:
    """Return which UTF-16 ``content`` is in: by its mark, or by the blank half of every other figure."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:LOOKED_AT_BYTES]
    if b"\0" not in sample or len(content) % 2:
        return None
    high_first, high_second = sample[::2].count(0), sample[1::2].count(0)
    fewer, more = sorted((high_first, high_second))
    # Some letters have a blank half themselves, such as 가; far fewer than figures and separators.
    if more < _BLANK_SHARE * len(sample) / 2 or fewer > more / 4:
        return None
    name = "utf-16-be" if high_first > high_second else "utf-16-le"
    text = _transcode(sample, name)
    if not isinstance(text, bytes) or b"\n" not in text or _CONTROL.search(text):
        return None
    # Plain text with a stray 0 in it: pairs of its letters would be signs of the far East.
    n_pairs = len(_ASCII_PAIR.findall(sample))
    return name if n_pairs <= _PAIRS_SHARE * len(sample) / 2 else None


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
    """Return where the first line of Hangul in UTF-8 begins, if any line is such; each line is looked at once."""
    position = 0
    while match := _UTF8_HANGUL.search(content, position):
        start = _line_start(content, match.start())
        end = content.find(b"\n", match.end())
        position = end if end >= 0 else len(content)
        try:
            content[start:position].decode()
        except UnicodeDecodeError:
            continue
        return start
    return None


def _line_start(content: bytes, offset: int) -> int:
    return content.rfind(b"\n", 0, offset) + 1


def _line_number(content: bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
