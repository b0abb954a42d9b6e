"""The manual says of the process what the tables of the domain say."""

from pathlib import Path

from bot.domain.deeds import Deed
from bot.domain.phases import PHASES, Phase
from bot.domain.process import process
from bot.locales import load_all
from bot.mirror.render.process import phase_lines, process_table

DOCS = Path(__file__).parent.parent / "docs"
TEXTS = load_all()


def test_the_manual_holds_the_table_as_it_is_judged_by() -> None:
    assert process_table(TEXTS["en"]) in (DOCS / "committee.md").read_text("utf-8")


def test_each_deed_is_told_in_each_phase_that_allows_it_and_in_no_other() -> None:
    assert [rule.deed for rule in process()] == list(Deed)
    for phase in Phase:
        told = "\n".join(phase_lines(phase, TEXTS["nl"]))
        for deed in Deed:
            words = f"- **{TEXTS['nl'](f'deed.{deed.value}')}**:"
            assert (words in told) is (deed in PHASES[phase]), (phase, deed)
