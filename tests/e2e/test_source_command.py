"""`/programma bron` and `/programma bevestigen` as admin and secretary live them."""

from dataclasses import replace

import pytest

from bot.domain.reading import PassKind, ProgrammeReading, Trouble
from bot.forum.sources import read_source
from bot.services.absences import Doubt
from bot.services.importing import Importing
from bot.wiring import now
from tests.e2e.conftest import SAMPLE, Town
from tests.sandbox.member import Enter
from tests.sandbox.parts import text_of

GONE = "4.3 Bus"
"""The first of the last three topics."""
WORDS = "veerpont"


def crawl(*, without: int = 0, whole: bool = True) -> ProgrammeReading:
    """Return a full pass over the sample, as if so many of its topics were missing."""
    read = read_source(SAMPLE)
    topics = sorted(read.topics, key=lambda topic: topic.post.post_id)
    troubles = () if whole else (Trouble("no_answer", "https://forum.waterdrecht.example/forums/"),)
    kept = tuple(topics[: len(topics) - without])
    return replace(read, kind=PassKind.FULL, whole=whole, topics=kept, troubles=troubles, pages=20)


async def take_in(town: Town, *readings: ProgrammeReading) -> None:
    service = Importing(town.store, now, language="nl", screening=False, doubt=Doubt(suspect_for=0))
    for reading in readings:
        await service.take_in(reading)
    await town.bridge.follow()
    await town.bridge.syncing.idle()


async def test_without_a_pass_it_says_what_to_do(town: Town, members: Enter) -> None:
    """The sample came from saved pages: nothing was crawled, and nobody follows a forum."""
    beheerder = await members("beheerder")
    answer = await beheerder.slash("programma bron")
    assert "nog niet gelezen" in answer.text
    assert answer.message["flags"] & 64


@pytest.mark.parametrize("who", ["beheerder", "secretaris"])
async def test_how_the_source_stands(town: Town, members: Enter, who: str) -> None:
    """What was read, what could not be, what is missing and what waits, to admin and secretary."""
    await take_in(town, crawl(), crawl(without=3), crawl(without=3), crawl(without=3, whole=False))
    member = await members(who)
    text = "\n".join(text_of(message) for message in (await member.slash("programma bron")).messages)
    assert "grote ronde · niet compleet" in text
    assert "20 pagina’s" in text
    assert "**Niet gelezen (1)**" in text
    assert "Misschien weg" in text
    assert "Bus, veerpont en deelauto" in text
    assert "berichten wachten op beheer" in text


@pytest.mark.parametrize("who", ["lid", "commissie", "voorzitter", "gast"])
async def test_others_are_told_whom_to_ask(town: Town, members: Enter, who: str) -> None:
    member = await members(who)
    admin = next(role["id"] for role in town.view()["guild"]["roles"] if role["name"] == "beheer")
    for command in ("programma bron", "programma bevestigen"):
        assert f"<@&{admin}>" in (await member.slash(command)).text


async def test_what_waits_goes_on_an_admins_word_and_discord_follows(town: Town, members: Enter) -> None:
    """The answer gives codes and numbers, no titles; a second time there is nothing to confirm."""
    await take_in(town, crawl(), crawl(without=3), crawl(without=3))
    post = town.post(GONE)
    assert any(WORDS in text for text in town.texts(post))
    secretary, beheerder = await members("secretaris"), await members("beheerder")
    assert "beheer" in (await secretary.slash("programma bevestigen")).text
    answer = await beheerder.slash("programma bevestigen")
    assert "3 paragrafen" in answer.text
    assert "(4.3, 5.2, 5.3)" in answer.text
    assert "Bus" not in answer.text
    await town.bridge.syncing.idle()
    assert not any(WORDS in text for text in town.texts(post))
    assert "Er wacht niets" in (await beheerder.slash("programma bevestigen")).text
    assert "11 paragrafen" in (await beheerder.slash("programma status")).text


async def test_what_comes_back_after_a_word_is_as_it_was(town: Town, members: Enter) -> None:
    await take_in(town, crawl(), crawl(without=3), crawl(without=3))
    beheerder = await members("beheerder")
    await beheerder.slash("programma bevestigen")
    await take_in(town, crawl())
    assert "14 paragrafen" in (await beheerder.slash("programma status")).text
    assert any(WORDS in text for text in town.texts(town.post(GONE)))


async def test_english_for_who_reads_english(town: Town, members: Enter) -> None:
    await take_in(town, crawl())
    beheerder = await members("beheerder", locale="en-US")
    assert "**Last pass:**" in (await beheerder.slash("programme source")).text
    assert "Nothing waits" in (await beheerder.slash("programme confirm")).text
