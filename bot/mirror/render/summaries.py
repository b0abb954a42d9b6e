"""What was proposed about a section: the pinned message in its post, and the same as an answer to one person."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.amendments import Amendment
from bot.domain.collisions import colliding_with, related_to
from bot.domain.ids import PostId
from bot.domain.programme import Section
from bot.locales import Texts
from bot.mirror.components import message, text
from bot.mirror.markdown import escape_line, link
from bot.mirror.render.cards import card_key
from bot.mirror.render.wording import (
    advice_of,
    aim_of,
    clipped,
    in_order,
    proposer_of,
    received,
    reference_of,
    references,
    section_name,
    sentence,
    status_of,
    still_open,
    title_of,
)
from bot.mirror.resources import Json, Key
from bot.mirror.room import MESSAGE

Link = Callable[[Amendment], str | None]
"""Finds the address of an amendment's card, or None where it has none yet."""


def summary_key(post_id: PostId) -> Key:
    """Return the key of a section's summary."""
    return f"summary:{post_id}"


def summary(section: Section, say: Texts, key: Key | None = None) -> Mapping[str, Json]:
    """Return the pinned message of a section: as many lines as fit, and how many more there are.

    `key` is for a summary that does not stand under its own.
    """
    lines = list(_lines(section, say, lambda amendment: f"{{link:{card_key(amendment)}}}"))
    return message(key or summary_key(section.post_id), [text(_fitted(lines, say))])


def summary_of_section(section: Section, say: Texts, address: Link, limit: int = 2000) -> list[str]:
    """Return the whole summary of a section in chunks of at most `limit` characters."""
    return chunks(_lines(section, say, address), limit)


def chunks(lines: Sequence[str] | Iterator[str], limit: int) -> list[str]:
    """Return lines joined into as few texts as the limit allows. A line alone is cut when it is longer than that."""
    texts: list[str] = []
    for line in lines:
        cut = clipped(line, limit)
        if texts and len(texts[-1]) + 1 + len(cut) <= limit:
            texts[-1] += f"\n{cut}"
        else:
            texts.append(cut)
    return texts


def list_line(amendment: Amendment, say: Texts, url: str | None = None, others: Sequence[Amendment] = ()) -> str:
    """Return an amendment in one line of a list, with what it collides with among the others."""
    reference = reference_of(amendment, say)
    name = f"**{link(reference, url) if url else reference}** {title_of(amendment)}"
    advice = advice_of(amendment, say)
    facts = sentence(
        status_of(amendment, say),
        aim_of(amendment, say),
        proposer_of(amendment, say),
        say.count("summary.support", amendment.support),
        say("summary.advice", advice=advice) if advice else None,
        *_touching(amendment, others, say),
    )
    return f"- {name}: {facts}"


def _lines(section: Section, say: Texts, address: Link) -> Iterator[str]:
    pending = still_open(section.amendments)
    decided = [amendment for amendment in in_order(section.amendments) if not amendment.status.ahead]
    waiting = received(section.amendments)
    if not (pending or decided or waiting):
        invites = section.standing and section.amendable and not section.closed and section.adopted is None
        yield say("summary.none" if invites else "summary.none_left", section=_named(section, say))
        return
    yield f"### {say('summary.title', section=_named(section, say))}"
    yield sentence(
        say.count("summary.open", len(pending) + waiting), say.count("summary.received", waiting) if waiting else None
    )
    for amendment in pending:
        yield list_line(amendment, say, address(amendment), section.amendments)
    if decided:
        yield f"**{say.count('summary.decided', len(decided))}**"
    for amendment in decided:
        yield list_line(amendment, say, address(amendment), section.amendments)


def _named(section: Section, say: Texts) -> str:
    return escape_line(clipped(section_name(section, say), 150))


def _touching(amendment: Amendment, others: Sequence[Amendment], say: Texts) -> Iterator[str]:
    for key, found in (
        ("summary.collides", colliding_with(amendment, others)),
        ("summary.related", related_to(amendment, others)),
    ):
        if found:
            yield say(key, references=clipped(references(found, say), 80))


def _fitted(lines: Sequence[str], say: Texts) -> str:
    """Return as many lines as one message holds, then how many amendments were left out."""
    shown = list(lines)
    while not MESSAGE.holds(_ended(shown, lines, say)):
        shown.pop()
    return _ended(shown, lines, say)


def _ended(shown: Sequence[str], lines: Sequence[str], say: Texts) -> str:
    left = sum(line.startswith("- ") for line in lines[len(shown) :])
    return "\n".join([*shown, say.count("summary.more", left)] if left else shown)
