"""Bytes of a page or file → text."""

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,40})", re.IGNORECASE)
_WHERE_META_STANDS = 2048
_LAST_RESORT = "cp1252"


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Return text by its byte order mark, what was declared, what its own head says, UTF-8, or else Windows-1252.

    A page in UTF-8 stays so where a theme cut a character in two: that one character is lost, and no more.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    meta = _META.search(data[:_WHERE_META_STANDS])
    said = [codec for name in (declared, meta[1].decode() if meta else None) if name and (codec := _known(name))]
    for codec in (*said, "utf-8-sig"):
        try:
            return data.decode(codec).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    damaged = data.decode("utf-8-sig", errors="replace")
    is_utf8 = any(character > "\x7f" and character != "\ufffd" for character in damaged)
    return damaged if is_utf8 else data.decode(_LAST_RESORT, errors="replace")


def _known(name: str) -> str | None:
    """Return the codec of a charset's name, or None where it is none for text.

    Browsers take Latin-1 for Windows-1252, and so do authors.
    """
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding:  # noqa: SLF001 - the only way to tell "rot13" from a charset
        return None
    return _LAST_RESORT if codec.name in {"iso8859-1", "ascii"} else codec.name
