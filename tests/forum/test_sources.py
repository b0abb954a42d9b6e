"""What a path holds: a copy, a page, a directory of both."""

from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.forum.encoding import decode_text
from bot.forum.sources import read_source
from tests.forum.site import SITE, breadcrumb, page, post_26, replies
from tests.forum.test_copy import COPY

TOPIC = page(
    breadcrumb("Bomen en parken", [("Een groene stad", f"{SITE}/praat/forum/groen/")])
    + replies(70, post_26(70, "topic", "bbp-parent-forum-0 bbp-parent-topic-5", "<p>Wij planten bömen.</p>"))
)


def test_a_directory_of_pages_and_copies_is_one_programme(tmp_path: Path) -> None:
    (tmp_path / "onder").mkdir()
    (tmp_path / "onder" / "bomen.HTML").write_text(TOPIC, "utf-8")
    (tmp_path / "bomen.txt").write_text(COPY, "utf-8")
    (tmp_path / "ander.txt").write_text(COPY.replace("#70", "#60").replace("Bomen en parken", "Vijvers"), "utf-8")
    (tmp_path / "robots.txt").write_text("User-agent: *", "utf-8")
    (tmp_path / "404.html").write_text("<html><body>weg</body></html>", "utf-8")
    (tmp_path / "kaart.png").write_bytes(b"\x89PNG")
    (tmp_path / "slot.html").write_text('<form class="post-password-form"></form>', "utf-8")
    reading = read_source(tmp_path)
    assert [(forum.forum_id, forum.title) for forum in reading.forums] == [(5, "Een groene stad")]
    assert [(topic.post.post_id, topic.title, topic.forum_id) for topic in reading.topics] == [
        (60, "Vijvers", 5),
        (70, "Bomen en parken", 5),
    ]
    assert [topic.post.blocks[0].text for topic in reading.topics][1] == "Wij planten bömen."
    assert [(trouble.key, Path(trouble.place).name) for trouble in reading.troubles] == [("page_password", "slot.html")]
    assert not reading.whole


def test_one_file_is_read_by_what_it_holds(tmp_path: Path) -> None:
    for name, text in (("a.html", TOPIC), ("b", TOPIC), ("c.txt", COPY), ("d", COPY)):
        (tmp_path / name).write_text(text, "utf-8")
        (topic,) = read_source(tmp_path / name).topics
        assert topic.post.post_id == 70


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("x.txt", "boodschappen", "source.not_a_copy"),
        ("x.html", "<html></html>", "source.page_not_forum"),
        ("x.html", '<form class="post-password-form"></form>', "source.page_password"),
        ("x.html", " " * (5 * 2**20 + 1), "source.too_large"),
        ("map/x.txt", "boodschappen", "source.nothing_here"),
        (None, "", "source.not_found"),
    ],
)
def test_what_holds_no_programme_is_refused_with_a_reason(
    tmp_path: Path, name: str | None, text: str, key: str
) -> None:
    path = tmp_path / (name or "weg")
    if name:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as refusal:
        read_source(path.parent if name and "/" in name else path)
    assert refusal.value.key == key


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ("café €".encode(), None),
        ("café €".encode("utf-8-sig"), None),
        ("café €".encode("utf-16"), None),
        ("café €".encode("cp1252"), None),
        ("café €".encode("cp1252"), "iso-8859-1"),
        ("café €".encode("iso8859-15"), "iso8859-15"),
        ("café €".encode(), "no-such-charset"),
        ("café €".encode("cp1252"), "utf-8"),
    ],
)
def test_text_is_decoded_as_it_was_written(data: bytes, declared: str | None) -> None:
    assert decode_text(data, declared) == "café €"


def test_a_page_says_its_own_charset() -> None:
    assert decode_text('<meta charset="iso-8859-15">€'.encode("iso8859-15")).endswith("€")
