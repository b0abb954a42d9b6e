"""Bytes of a page or file → text."""

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,40})", re.IGNORECASE)
_WHERE_META_STANDS = 2048
_LAST_RESORT = "cp1252"


def decode_text(data: bytes, declared: str | None = None) -> str:
    """Return text by its byte order mark, what was declared, what its own head says, UTF-8, or else Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    meta = _META.search(data[:_WHERE_META_STANDS])
    for name in (declared, meta[1].decode() if meta else None, "utf-8-sig"):
        try:
            if name:
                return data.decode(_known(name)).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode(_LAST_RESORT, errors="replace")


def _known(name: str) -> str:
    """Return the codec of a charset's name; browsers take Latin-1 for Windows-1252, and so do authors."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    return _LAST_RESORT if codec in {"iso8859-1", "ascii"} else codec
