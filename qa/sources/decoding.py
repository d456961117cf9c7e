"""Bytes to text, nothing cleaned: the encoding is known or the file is refused, never guessed."""

from __future__ import annotations

import codecs

from qa.errors import UnreadableSource

# The longer marks come first: a UTF-32 mark begins with the UTF-16 one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
)


def decode(data: bytes, declared: str = "") -> str:
    r"""Return the text of a file's bytes, line ends as they stand; a byte order mark is no part of the text.

    A mark settles the encoding, then what was declared; else the bytes must be UTF-8. A single-byte encoding cannot
    be told from the bytes alone with certainty, so it must be declared.

    >>> decode(b"caf\xc3\xa9\r\n")
    'café\r\n'
    >>> decode(b"caf\xe9", "cp1252")
    'café'
    >>> decode(b"caf\xe9")
    Traceback (most recent call last):
    qa.errors.UnreadableSource: is not UTF-8 (byte 0xe9 at offset 3); declare encoding = "cp1252" in archive.toml
    """
    if not data.strip():
        raise UnreadableSource("is empty; remove it or put its text in")
    for magic, what in _OTHER_FORMATS:
        if data.startswith(magic):
            raise UnreadableSource(f"is {what}, not a text; convert it to plain text first")
    encoding, rest = _encoding(data, declared)
    text = _decoded(rest, encoding, bool(declared))
    if "\0" in text:
        raise UnreadableSource(f"is a binary file (NUL at offset {text.index(chr(0))}); convert it to plain text first")
    if not text.strip():
        raise UnreadableSource("is empty; remove it or put its text in")
    return text


def _encoding(data: bytes, declared: str) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return declared or "utf-8", data


def _decoded(data: bytes, encoding: str, declared: bool) -> str:
    try:
        text = data.decode(encoding)
        text.encode("utf-8")  # an odd encoding can give lone surrogates, which nothing downstream can write
    except LookupError as error:
        raise UnreadableSource(f'has the unknown encoding "{encoding}"; correct it in archive.toml') from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(_undecodable(data, encoding, declared, error)) from error
    except UnicodeError as error:
        raise UnreadableSource(f"is not {encoding.upper()}; correct its encoding in archive.toml") from error
    return text


def _undecodable(data: bytes, encoding: str, declared: bool, error: UnicodeDecodeError) -> str:
    if b"\0" in data and not encoding.startswith(("utf-16", "utf-32")):
        return f"is a binary file (NUL at offset {data.index(0)}); convert it to plain text first"
    where = f"byte 0x{data[error.start]:02x} at offset {error.start}"
    if declared:
        return f"is not {encoding.upper()} as declared ({where}); correct its encoding in archive.toml"
    return f'is not {encoding.upper()} ({where}); declare encoding = "cp1252" in archive.toml'
