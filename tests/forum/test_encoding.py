"""Bytes to text: by what was said, and never worse than one lost character."""

import pytest

from bot.forum.encoding import decode_text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("Café".encode(), "utf-8", "Café"),
        ("Café".encode(), None, "Café"),
        ("Café".encode("cp1252"), None, "Café"),
        ("Café".encode("cp1252"), "iso-8859-1", "Café"),
        ("\ufeffCafé".encode(), None, "Café"),
        ("Café".encode("utf-16"), None, "Café"),
        (b"Caf\xc3 en priv\xc3\xa9", "utf-8", "Caf\ufffd en privé"),
        (b'<meta charset="utf-8">Caf\xc3 en priv\xc3\xa9', None, '<meta charset="utf-8">Caf\ufffd en privé'),
        (b"caf\xe9", "utf-8", "café"),
        ("Café".encode(), "rot13", "Café"),
        ("Café".encode(), "bestaat-niet", "Café"),
    ],
)
def test_text_is_read_as_it_was_written(data: bytes, declared: str | None, text: str) -> None:
    assert decode_text(data, declared) == text
