"""What to suggest while the secretary types what to link: what waits for a look, then replies, then amendments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import AmendmentId, PostId, ProgrammeId
from bot.services.ports import Unit
from bot.services.suggest_rows import FreeReply

_SOURCE: Final = re.compile(r"\s*#(\d{1,18})\s*")
_WITHOUT: Final = frozenset({Status.SUBMITTED, Status.NOT_ADMITTED})
_MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to link: `value` finds it again, `words` name it. `flagged`: a person must look at it."""

    value: str
    words: str
    flagged: bool = False


def suggestions(unit: Unit, programme_id: ProgrammeId, typed: str, most: int) -> list[Suggestion]:
    """Return what fits all the words typed, at most so many, each once."""
    found: dict[str, Suggestion] = {}
    for each in _all(unit, programme_id, typed, most):
        found.setdefault(each.value, each)
        if len(found) == most:
            break
    return list(found.values())


def _all(unit: Unit, programme_id: ProgrammeId, typed: str, most: int) -> Iterator[Suggestion]:
    wanted = typed.casefold().split()
    for amendment in _loaded(unit, list(dict.fromkeys(flag.amendment_id for flag in unit.flags.open(programme_id)))):
        if _fits(amendment, wanted):
            yield _of_amendment(amendment, flagged=True)
    for reply in unit.suggest.replies(programme_id, wanted, most):
        yield Suggestion(f"#{reply.post_id}", _named(reply))
    if source := _SOURCE.fullmatch(typed):
        known = unit.amendments.by_source(programme_id, PostId(int(source[1])))
        yield from [_of_amendment(known)] if known is not None and known.status is not Status.DRAFT else []
    for named in unit.suggest.amendments(programme_id, typed, most):
        yield Suggestion(named.reference, f"{named.reference} {named.title}")
    waiting = unit.amendments.waiting(programme_id, _WITHOUT, _MANY)
    yield from islice((_of_amendment(each) for each in waiting if _fits(each, wanted)), most)


def _loaded(unit: Unit, amendment_ids: list[AmendmentId]) -> Iterator[Amendment]:
    for amendment_id in amendment_ids:
        amendment = unit.amendments.load(amendment_id)
        if amendment is not None:
            yield amendment


def _fits(amendment: Amendment, wanted: list[str]) -> bool:
    source = f"#{amendment.source_post_id}" if amendment.source_post_id is not None else ""
    said = f"{_value(amendment)} {source} {amendment.proposer or ''} {amendment.title}".casefold()
    return all(word in said for word in wanted)


def _named(reply: FreeReply) -> str:
    return " · ".join(part for part in (f"#{reply.post_id}", reply.author, reply.code, reply.text) if part)


def _of_amendment(amendment: Amendment, *, flagged: bool = False) -> Suggestion:
    value = _value(amendment)
    return Suggestion(value, f"{value} {amendment.title}", flagged)


def _value(amendment: Amendment) -> str:
    """Return what finds an amendment again: what has no reference has a receipt number, typed as Dutch says it."""
    return amendment.reference or receipt_typed(amendment)


def receipt_typed(amendment: Amendment) -> str:
    """Return a receipt number as it is typed to find an amendment again."""
    return f"ontvangstnummer {amendment.receipt}"
