"""While another program is writing, whoever presses is answered in time, and gets back what they typed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sandbox import Loopback
from db.database import Database
from tests.e2e.conftest import Town, running, settings_for
from tests.e2e.proposals import SECTION, drafted, said
from tests.e2e.test_kinds import press
from tests.sandbox.answer import Answer
from tests.sandbox.member import Enter, Member


@contextmanager
def another_writer(path: Path) -> Generator[None]:
    """Hold the database as an import in another program does."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture
async def town(loopback: Loopback, store: Database, tmp_path: Path) -> AsyncIterator[Town]:
    async with running(loopback, store, settings_for(loopback, tmp_path / "town.db")) as started:
        yield started


async def refused(answer: Answer) -> str:
    """Wait for the refusal and return what it says."""
    await answer.until(lambda given: given.failed or "lukt nu even niet" in said(given))
    assert not answer.failed
    return said(answer)


async def patient(members: Enter, name: str) -> Member:
    member = await members(name)
    member.timeout = 15
    return member


async def test_presses_are_answered_while_another_program_writes(town: Town, members: Enter, tmp_path: Path) -> None:
    lid = await patient(members, "lid")
    card = town.message(town.post(SECTION), "### 4.2-A1")
    with another_writer(tmp_path / "town.db"):
        answers = await asyncio.gather(
            lid.press(card, "Ik steun dit"), lid.slash("amendement volgen", {"verwijzing": "4.2-A1"})
        )
        for answer in answers:
            await refused(answer)
    assert "Er is nu 1 ondersteuner" in said(await lid.press(card, "Ik steun dit"))


async def test_a_draft_written_anew_is_given_back(town: Town, members: Enter, tmp_path: Path) -> None:
    lid = await patient(members, "lid")
    form = await press(lid, await drafted(lid, town), "rewrite")
    assert form.modal is not None
    with another_writer(tmp_path / "town.db"):
        answer = await lid.submit(form.modal, {"text": "Een heel nieuwe zin.", "explanation": "Daarom."})
        assert "Een heel nieuwe zin." in await refused(answer)
