"""The journal: one JSON line an event, with no token, no words of people and no local variables in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.journal import start_journal

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    start_journal("debug", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json(stream: io.StringIO) -> None:
    structlog.stdlib.get_logger("ours").info("sync.done", changes=3)
    (line,) = lines(stream)
    assert (line["event"], line["changes"], line["level"], line["logger"]) == ("sync.done", 3, "info", "ours")


def test_a_token_is_blanked_wherever_it_stands(stream: io.StringIO) -> None:
    structlog.stdlib.get_logger("ours").info(f"login with {TOKEN}", detail=[{"inner": TOKEN}])
    logging.getLogger("discord").warning("with %s", TOKEN)
    assert TOKEN not in stream.getvalue()
    assert len(lines(stream)) == 2


def test_words_of_people_are_blanked(stream: io.StringIO) -> None:
    structlog.stdlib.get_logger("ours").info("amendment.filed", text="mijn mening", explanation="daarom")
    assert "mening" not in stream.getvalue()
    assert "daarom" not in stream.getvalue()


def test_a_traceback_has_no_local_variables(stream: io.StringIO) -> None:
    def fail(opinion: str) -> None:
        raise ValueError(len(opinion))

    try:
        fail("zeer persoonlijk")
    except ValueError:
        structlog.stdlib.get_logger("ours").exception("broke")
    assert "persoonlijk" not in stream.getvalue()
    assert "ValueError" in stream.getvalue()


def test_the_payloads_that_libraries_tell_of_when_debugging_stay_out(stream: io.StringIO) -> None:
    logging.getLogger("discord.gateway").debug("for event %s", {"content": "mening"})
    logging.getLogger("aiosqlite").debug("executing %s", "INSERT")
    assert stream.getvalue() == ""
