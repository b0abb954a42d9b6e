"""Everything there is to read about one amendment, as lines of markdown for one person. Pure.

What this person may not see is not in the `Whole`; nothing is left out here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.domain.amendments import Advice, Amendment, Event, Kind, Proposal
from bot.domain.collisions import colliding_with, related_to
from bot.domain.tally import Tally
from bot.domain.text import Run
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.pieces import cut
from bot.mirror.render.proposals import change_label, change_runs, diff_runs, plain_runs, written
from bot.mirror.render.wording import (
    aim_of,
    proposers_of,
    reference_of,
    references,
    sentence,
    status_heading,
    support_of,
    title_of,
)
from bot.mirror.room import Room

_NAMED = 25
"""Others of each sort that are named: what one looks through."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An advice that was not published, with who wrote it (None once that person was erased)."""

    advice: Advice
    explanation: str
    text: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """An amendment with all around it that one person may read.

    `others` are the amendments beside it, `alike` those that say nearly the same elsewhere, `versions` what was
    proposed in each version, `advised` the wording that the published advice gives, `merging` into what it is asked to
    be merged, `waiting` whose word for that is still needed, and `invited` who was asked to propose it too and did not
    answer.
    """

    amendment: Amendment
    others: Sequence[Amendment] = ()
    alike: Sequence[Amendment] = ()
    history: Sequence[Event] = ()
    versions: Sequence[Proposal] = ()
    advised: str | None = None
    draft: Draft | None = None
    tally: Tally | None = None
    merging: Amendment | None = None
    waiting: Sequence[str] = ()
    invited: Sequence[str] = ()
    minimum_support: int = 0


def whole_lines(whole: Whole, say: Texts, limit: int) -> Iterator[str]:
    """Yield the lines, none longer than so many characters."""
    amendment = whole.amendment
    room = Room(limit, limit * 4)
    yield f"### {reference_of(amendment, say)} · {title_of(amendment)}"
    yield sentence(status_heading(amendment, say), aim_of(amendment, say), proposers_of(amendment, say))
    if amendment.public:  # before that nobody can support it
        yield support_of(amendment, say, whole.minimum_support)
    yield from _standing(whole, say)
    for label, runs in _bodies(whole, say):
        if runs:
            yield f"-# {label}"
        yield from cut(runs, written, room)
    yield from _beside(whole, say)
    yield from _versions(whole.versions, say, room)
    if whole.history:
        yield f"**{say('read.history')}**"
    for event in whole.history:
        yield f"- {_event(event, say)}"


def tally_words(tally: Tally, say: Texts) -> str:
    """Return votes in words."""
    key = "read.tally" if tally.abstained is None else "read.tally_abstained"
    return say(key, votes_for=tally.votes_for, against=tally.against, abstained=tally.abstained)


def _standing(whole: Whole, say: Texts) -> Iterator[str]:
    """Yield what became of it, and what is asked about it."""
    if whole.amendment.adrift:
        yield say("card.stale")
    if whole.amendment.into is not None:
        yield say("card.merged", reference=whole.amendment.into)
    if whole.tally is not None:
        yield tally_words(whole.tally, say)
    if whole.invited:
        yield say("read.invited", names=", ".join(escape_line(name) for name in whole.invited))
    if whole.merging is not None and whole.amendment.into is None:
        names = ", ".join(escape_line(name) for name in whole.waiting)
        yield say("read.merging", reference=reference_of(whole.merging, say), names=names)


def _bodies(whole: Whole, say: Texts) -> Iterator[tuple[str, list[Run]]]:
    amendment = whole.amendment
    yield say(change_label(amendment)), change_runs(amendment)
    if amendment.final_text is not None and amendment.kind is not Kind.DELETE:
        yield say("read.proposed"), diff_runs(amendment.text, amendment.final_text)
    yield say("card.explanation"), plain_runs(amendment.explanation)
    if amendment.advice is not None:
        advice = amendment.advice
        yield say("card.advice", advice=say(f"advice.{advice.advice.value}")), plain_runs(advice.explanation)
        if whole.advised:
            yield say("read.advised"), diff_runs(amendment.text, whole.advised)
        if advice.agrees is not None:
            yield say("card.agrees" if advice.agrees else "card.disagrees"), []
    if whole.draft is not None:
        draft = whole.draft
        author = escape_line(draft.author) if draft.author else say("proposer.removed")
        word = say("read.draft", advice=say(f"advice.{draft.advice.value}"), author=author)
        yield word, plain_runs(draft.explanation)
        if draft.text:
            yield say("read.advised"), diff_runs(amendment.text, draft.text)


def _beside(whole: Whole, say: Texts) -> Iterator[str]:
    found = (
        ("card.collides", colliding_with(whole.amendment, whole.others)),
        ("card.related", related_to(whole.amendment, whole.others)),
        ("read.alike", whole.alike),
    )
    for key, amendments in found:
        if amendments:
            more = ", …" if len(amendments) > _NAMED else ""
            yield say(key, references=references(amendments[:_NAMED], say) + more)


def _versions(versions: Sequence[Proposal], say: Texts, room: Room) -> Iterator[str]:
    """Yield what each new version changed in the one before it."""
    for number, (before, after) in enumerate(pairwise(versions), start=2):
        yield f"**{say('read.version', number=number)}**"
        for label, old, new in (
            (say("read.version.text"), before.text, after.text),
            (say("card.explanation"), before.explanation, after.explanation),
            (say("read.version.title"), before.title or "", after.title or ""),
        ):
            if old != new:
                yield f"-# {label}"
                yield from cut(diff_runs(old, new), written, room)


def _event(event: Event, say: Texts) -> str:
    actor = escape_line(event.actor) if event.actor else say("proposer.removed")
    who = say("read.on_behalf", actor=actor, other=escape_line(event.on_behalf)) if event.on_behalf else actor
    reason = escape_line(event.reason) if event.reason else None
    return sentence(_moment(event.at), say(f"status.{event.to_status.value}"), who, reason)


def _moment(at: str) -> str:
    """Return a moment that every reader's Discord shows in their own time zone."""
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:f>"
