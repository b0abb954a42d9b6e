"""Why a reply in the shape of an amendment may still be none: somebody else's words, a sample, a joke, a question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.amendments import Kind
from bot.forum import talk
from bot.forum.reply_lines import Line


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal as it was read, before it is believed. `lead` stands before the first heading, `why` after the text.

    `firm` says that its heading by itself means an amendment, `explained` that the reply has a heading for the why.
    """

    kind: Kind
    text: str
    old: str
    lead: Sequence[Line]
    why: Sequence[Line]
    firm: bool
    explained: bool

    @property
    def said(self) -> str:
        """What there is to vote on."""
        return self.old if self.kind is Kind.DELETE else self.text


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ATTRIBUTION: Final = _compiled(talk.ATTRIBUTIONS)
_SENTENCE_END: Final = re.compile(r"[.!]\s")
_YOURS: Final = _compiled(talk.YOURS)
_OWN: Final = _compiled(talk.OWN)
_ILLUSTRATION: Final = _compiled(talk.ILLUSTRATIONS)
_PLACEHOLDER: Final = _compiled(talk.PLACEHOLDERS)
_JOKE: Final = re.compile(talk.JOKES)
_REFERENCE: Final = _compiled(talk.REFERENCE)
_STANCE: Final = _compiled(talk.STANCES)
_AFTERTHOUGHT: Final = _compiled(talk.AFTERTHOUGHTS)
_REACTION: Final = _compiled(f"(?:{talk.REACTIONS}|{talk.VERDICTS})")
_VERDICT: Final = _compiled(rf"(?:\(.+\)\s*:?\s*)?(?:{talk.VERDICTS})")
_SUMMARY: Final = _compiled(talk.SUMMARIES)
_WISH: Final = _compiled(talk.WISHES)
_FIRST_PERSON: Final = _compiled(talk.FIRST_PERSON)
_ASKS_OPINIONS: Final = _compiled(talk.ASKS_OPINIONS)


def is_doubtful(draft: Draft) -> bool:
    """Tell whether a person must say if a reply is an amendment at all."""
    return any(doubt(draft) for doubt in _DOUBTS)


def _is_somebody_elses(draft: Draft) -> bool:
    """The line before says who wrote it, or what comes after takes a stand on it."""
    before = draft.lead[-1].text if draft.lead else ""
    if _YOURS.search(before) or (_ATTRIBUTION.search(before) and not _OWN.search(before)):
        return True
    if any(_AFTERTHOUGHT.match(line.text) for line in draft.why[1:]):
        return True
    return any(_STANCE.search(line.masked.text) for line in draft.why)


def _is_sample(draft: Draft) -> bool:
    before = draft.lead[-1].text if draft.lead else ""
    return _ILLUSTRATION.search(before) is not None or _PLACEHOLDER.fullmatch(draft.said.strip()) is not None


def _is_joke(draft: Draft) -> bool:
    words = [draft.text, draft.old, *(line.text for line in [*draft.lead, *draft.why])]
    return any(_JOKE.search(text) for text in words)


def _is_answer(draft: Draft) -> bool:
    """It refers to an amendment that is there already, or says what one thinks or does of it."""
    before = draft.lead[-1].text if draft.lead else ""
    if _REFERENCE.search(draft.said) or (_REFERENCE.search(before) and not _OWN.search(before)):
        return True
    if not draft.explained and any(_VERDICT.fullmatch(line.text.strip(" .!")) for line in draft.why):
        return True
    said = draft.said if draft.explained else _SENTENCE_END.split(draft.said, maxsplit=1)[0]
    return _REACTION.fullmatch(said.strip(" .!")) is not None


def _is_summary(draft: Draft) -> bool:
    return any(_SUMMARY.search(line.text) for line in draft.lead)


def _is_question(draft: Draft) -> bool:
    if draft.explained:
        return False
    lines = draft.said.rstrip().splitlines()
    if len(lines) == 1 and lines[0].endswith("?") and not (draft.old and draft.text):
        return True
    after = [*lines[1:][-1:], *(line.text for line in draft.why)]
    return any(line.endswith("?") for line in after) or _ASKS_OPINIONS.search(draft.said) is not None


def _is_talk(draft: Draft) -> bool:
    """It is in the first person, which a programme is not, or wishes for a text instead of giving one."""
    if draft.explained and draft.firm:
        return False
    first = draft.said.splitlines()[0] if draft.said else ""
    return _FIRST_PERSON.search(f"{first} {draft.old}") is not None or _WISH.fullmatch(first) is not None


_DOUBTS: Final[tuple[Callable[[Draft], bool], ...]] = (
    _is_somebody_elses,
    _is_sample,
    _is_joke,
    _is_answer,
    _is_summary,
    _is_question,
    _is_talk,
)
