"""What a terminal shows while the bot runs."""

import pytest

from bot.locales import load_all
from bot.terminal import Terminal

NL = load_all()["nl"]


def run(terminal: Terminal, total: int) -> None:
    with terminal.runs("progress.syncing") as report:
        for done in range(1, total + 1):
            report(done, total, "1.1 Wonen")


def test_a_long_run_has_a_bar_on_a_terminal_and_a_sentence_at_its_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With counts; a short one has none, and what is no terminal is left to the journal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    terminal = Terminal(NL)
    run(terminal, 12)
    assert "12 van 12" in capsys.readouterr().err
    run(terminal, 3)
    assert "3 van 3" not in capsys.readouterr().err
    monkeypatch.delenv("FORCE_COLOR")
    run(Terminal(NL), 12)
    assert capsys.readouterr().err == ""
