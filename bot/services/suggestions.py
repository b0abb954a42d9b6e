"""What to suggest while the secretary types what to link: what waits for a look, then replies, then amendments."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import AmendmentId
from bot.domain.programme import Contribution, Programme, Section
from bot.services.source_rows import Flag


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to link: `value` finds it again, `words` name it. `flagged`: a person must look at it."""

    value: str
    words: str
    flagged: bool = False


def suggestions(programme: Programme, flags: Sequence[Flag], typed: str, most: int) -> list[Suggestion]:
    """Return what fits all the words typed, at most so many."""
    wanted = typed.casefold().split()
    flagged = {flag.amendment_id for flag in flags}
    sections = [section for _, section in programme.sections()]
    amendments = [amendment for section in sections for amendment in section.amendments]
    found = [
        *((_words(each), _amendment(each, flagged=True)) for each in amendments if each.amendment_id in flagged),
        *_replies(sections),
        *((_words(each), _amendment(each)) for each in amendments if _is_others(each, flagged)),
    ]
    fitting = (each for words, each in found if all(word in words for word in wanted))
    return list(islice(fitting, most))


def _is_others(amendment: Amendment, flagged: Container[AmendmentId]) -> bool:
    return amendment.amendment_id not in flagged and amendment.status is not Status.DRAFT


def _replies(sections: Sequence[Section]) -> Iterator[tuple[str, Suggestion]]:
    """Yield the replies of which no amendment is made, the newest first."""
    taken = {
        amendment.source_post_id
        for section in sections
        for amendment in section.amendments
        if amendment.status is not Status.NOT_ADMITTED
    }
    free = [
        (reply, section.code)
        for section in sections
        for reply in section.contributions
        if reply.gone is None and reply.post_id not in taken
    ]
    for reply, code in sorted(free, key=lambda each: -each[0].post_id):
        words = _named(reply, code)
        yield words.casefold(), Suggestion(f"#{reply.post_id}", words)


def _named(reply: Contribution, code: str) -> str:
    return " · ".join(part for part in (f"#{reply.post_id}", reply.author, code, reply.text) if part)


def _amendment(amendment: Amendment, *, flagged: bool = False) -> Suggestion:
    value = _value(amendment)
    return Suggestion(value, f"{value} {amendment.title}", flagged)


def _words(amendment: Amendment) -> str:
    source = f"#{amendment.source_post_id}" if amendment.source_post_id is not None else ""
    return f"{_value(amendment)} {source} {amendment.proposer or ''} {amendment.title}".casefold()


def _value(amendment: Amendment) -> str:
    """Return what finds an amendment again: what has no reference has a receipt number, typed as Dutch says it."""
    return amendment.reference or f"ontvangstnummer {amendment.receipt}"
