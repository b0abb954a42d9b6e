"""An amendment to read whole: its text, explanation, change and history, as an answer to one person."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.amendments import Amendment, Event
from bot.domain.collisions import colliding_with, related_to
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.pieces import cut
from bot.mirror.render.proposals import change_runs, plain_runs, written
from bot.mirror.render.summaries import chunks, list_line, summary_of_section
from bot.mirror.render.wording import (
    aim_of,
    proposer_of,
    reference_of,
    references,
    sentence,
    status_heading,
    title_of,
)
from bot.mirror.room import Room

__all__ = ["amendment_whole", "chunks", "list_line", "summary_of_section"]


def amendment_whole(
    amendment: Amendment, history: Sequence[Event], others: Sequence[Amendment], say: Texts, limit: int = 2000
) -> list[str]:
    """Return all there is to read about an amendment, in chunks of at most `limit` characters."""
    return chunks(_lines(amendment, history, others, say, limit), limit)


def _lines(
    amendment: Amendment, history: Sequence[Event], others: Sequence[Amendment], say: Texts, limit: int
) -> Iterator[str]:
    yield f"### {reference_of(amendment, say)} · {title_of(amendment)}"
    yield sentence(status_heading(amendment, say), aim_of(amendment, say), proposer_of(amendment, say))
    yield say.count("card.support", amendment.support)
    room = Room(limit, limit * 4)
    bodies = [(say(f"change.{amendment.kind.value}"), change_runs(amendment))]
    bodies.append((say("card.explanation"), plain_runs(amendment.explanation)))
    if amendment.advice:
        word = say("card.advice", advice=say(f"advice.{amendment.advice.advice.value}"))
        bodies.append((word, plain_runs(amendment.advice.explanation)))
    for label, runs in bodies:
        if runs:
            yield f"-# {label}"
        yield from cut(runs, written, room)
    for key, found in (
        ("card.collides", colliding_with(amendment, others)),
        ("card.related", related_to(amendment, others)),
    ):
        if found:
            yield say(key, references=references(found, say))
    if history:
        yield f"**{say('read.history')}**"
    for event in history:
        yield f"- {_event(event, say)}"


def _event(event: Event, say: Texts) -> str:
    actor = escape_line(event.actor) if event.actor else say("proposer.removed")
    who = say("read.on_behalf", actor=actor, other=escape_line(event.on_behalf)) if event.on_behalf else actor
    reason = escape_line(event.reason) if event.reason else None
    return sentence(_moment(event.at), say(f"status.{event.to_status.value}"), who, reason)


def _moment(at: str) -> str:
    """Return a moment that every reader's Discord shows in their own time zone."""
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:f>"
