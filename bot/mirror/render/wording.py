"""The phrases that cards, summaries and lists share: statuses, places in the text, proposers, titles."""

import re
from collections.abc import Iterable

from bot.domain.amendments import Amendment, Kind, Origin, Status
from bot.domain.programme import Chapter, Section
from bot.domain.text import normalise
from bot.locales import Texts
from bot.mirror.markdown import escape_line

NAME_LIMIT = 100
"""How long the name of a channel, category or post may be."""
_NAMED = 5
"""Co-proposers who are named where there are many."""


def headline(code: str, title: str) -> str:
    """Return a title with its code before it, unless the printed title begins with that code."""
    title = normalise(title)
    return title if re.match(rf"{re.escape(code)}(?!\.?\d)", title) else f"{code} {title}".strip()


def chapter_name(chapter: Chapter, say: Texts) -> str:
    """Return a chapter's title with its code. The title of one that is gone is nobody's to see."""
    return (
        headline(chapter.code, chapter.title) if chapter.gone is None else f"{chapter.code} {say('gone.name')}".strip()
    )


def section_name(section: Section, say: Texts) -> str:
    """Return a section's title with its code. What is no section any more is known by its code alone."""
    if section.standing:
        return headline(section.code, section.title)
    return f"{section.code} {absence_of(section, say)}".strip()


def absence_of(section: Section, say: Texts) -> str:
    """Return in a word why something is no section any more."""
    return say("merged.name" if section.gone is None else "gone.name")


def clipped(text: str, limit: int) -> str:
    """Return text cut at a word, with a sign that it was."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head) + "…"


def sentence(*parts: str | None) -> str:
    """Return the parts that there are, in one line."""
    return " · ".join(part for part in parts if part)


def status_of(amendment: Amendment, say: Texts) -> str:
    """Return the word for where an amendment stands."""
    word = say(f"status.{amendment.status.value}")
    waits = amendment.objection is not None and amendment.status is Status.SUBMITTED
    return f"{word}, {say(f'objection.{amendment.objection.value}')}" if amendment.objection and waits else word


def status_heading(amendment: Amendment, say: Texts) -> str:
    """Return where an amendment stands as the bold first word of its line: what colour says elsewhere."""
    word = status_of(amendment, say)
    return f"**{word[:1].upper()}{word[1:]}**"


def place_of(amendment: Amendment, say: Texts) -> str:
    """Return which block an amendment is about, or where new text comes."""
    anchor = amendment.anchor
    if anchor is None:
        return say("place.end") if amendment.kind is Kind.INSERT else ""
    block = say(f"block.{anchor.kind.value}", number=anchor.number)
    return say("place.after", block=block) if amendment.kind is Kind.INSERT else block


def aim_of(amendment: Amendment, say: Texts) -> str:
    """Return what an amendment does and to what: "wijzigen · punt 6"."""
    return sentence(say(f"kind.{amendment.kind.value}"), place_of(amendment, say))


def proposer_of(amendment: Amendment, say: Texts) -> str:
    """Return who proposes, as markdown; an unlinked author of the forum is said to come from there."""
    name = escape_line(clipped(amendment.proposer, NAME_LIMIT)) if amendment.proposer else say("proposer.removed")
    unlinked = amendment.origin is Origin.FORUM and amendment.proposer_id is None
    return say("proposer.forum", name=name) if unlinked else name


def proposers_of(amendment: Amendment, say: Texts) -> str:
    """Return who proposes, with those who consented to be named beside them: as many as a line takes."""
    names = [
        escape_line(clipped(name, NAME_LIMIT)) if name else say("proposer.removed") for name in amendment.co_proposers
    ]
    proposer = proposer_of(amendment, say)
    if not names:
        return proposer
    shown = ", ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return say(
        "proposer.with", name=proposer, names=say.count("proposer.more", left, names=shown) if left > 0 else shown
    )


def support_of(amendment: Amendment, say: Texts, minimum: int = 0) -> str:
    """Return how many support it; where the party asks for a minimum of them, how many of those."""
    if minimum and amendment.status is Status.OPEN:
        return say("card.support_of", support=amendment.support, minimum=minimum)
    return say.count("card.support", amendment.support)


def reference_of(amendment: Amendment, say: Texts) -> str:
    """Return the reference, or the receipt number while there is none."""
    return amendment.reference or say("receipt", number=amendment.receipt)


def references(amendments: Iterable[Amendment], say: Texts) -> str:
    """Return references in a row."""
    return ", ".join(reference_of(amendment, say) for amendment in amendments)


def title_of(amendment: Amendment) -> str:
    """Return the short title as markdown of one line."""
    return escape_line(clipped(normalise(amendment.title), 150))


def advice_of(amendment: Amendment, say: Texts) -> str | None:
    """Return the published advice in a word."""
    return say(f"advice.{amendment.advice.advice.value}") if amendment.advice else None


def in_order(amendments: Iterable[Amendment]) -> list[Amendment]:
    """Return the amendments that members may see, in the order of their references."""
    return sorted((each for each in amendments if each.public), key=_rank)


def still_open(amendments: Iterable[Amendment]) -> list[Amendment]:
    """Return the public amendments whose outcome is ahead, in the order of their references."""
    return [amendment for amendment in in_order(amendments) if amendment.status.ahead]


def received(amendments: Iterable[Amendment]) -> int:
    """Return how many amendments wait to be admitted; members see no more of them than this."""
    return sum(amendment.status is Status.SUBMITTED for amendment in amendments)


def ahead(amendments: Iterable[Amendment]) -> int:
    """Return how many proposals are open: those whose outcome is ahead, the ones that wait to be admitted too."""
    return sum(amendment.status.ahead for amendment in amendments)


def _rank(amendment: Amendment) -> tuple[int, int]:
    number = re.search(r"(\d+)$", amendment.reference or "")
    return int(number[1]) if number else 0, amendment.amendment_id
