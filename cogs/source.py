"""What `/programma bron` and `/programma bevestigen` answer: how the source stands, and what went on a person's word.

Drawing only. Every line fits a phone, the most pressing first. Nothing that is gone is named by its title.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.mirror.render.wording import clipped, sentence
from bot.services.source import Removal, SourceView
from bot.services.source_rows import Flag, Pass, Suspect

_LIMIT = 2000
_FEW = 5
"""Lines of each kind that are shown; how many more there are is said."""
_NAME = 100


def source_texts(view: SourceView, say: Texts) -> list[str]:
    """Return how the source stands, in messages."""
    return chunks(list(_lines(view, say)), _LIMIT)


def removal_text(removal: Removal, say: Texts) -> str:
    """Return what went, by codes and numbers."""
    if removal.empty:
        return say("confirm.nothing")
    parts = [
        say.count("confirm.chapters", len(removal.chapters), codes=_listed(removal.chapters))
        if removal.chapters
        else "",
        say.count("confirm.sections", len(removal.sections), codes=_listed(removal.sections))
        if removal.sections
        else "",
        say.count("confirm.replies", removal.replies) if removal.replies else "",
    ]
    return say("confirm.done", what=sentence(*parts))


def _lines(view: SourceView, say: Texts) -> Iterator[str]:
    yield f"### {say('source.title')}"
    yield _place(view.address) if view.address else say("source.no_address")
    if view.waiting:
        yield say.count("source.waiting", view.waiting)
    if view.failure is not None:
        reason = say(view.failure.reason, place=_place(view.failure.place))
        yield say.count("source.failure", view.failure.tries, when=_relative(view.failure.at), reason=reason)
    if view.last is None:
        yield say("source.never")
    else:
        yield from _passes(view.last, view.full, view.complete, say)
    if view.upcoming is None:
        yield say("source.not_followed")
    else:
        kind, at = view.upcoming
        yield say("source.upcoming", kind=say(f"pass.{kind.value}"), when=_relative(at))
    if view.last is not None and view.last.troubles:
        sentences = [say(f"trouble.{each.key}", place=_place(each.place)) for each in view.last.troubles]
        yield from _some(say("source.unread"), sentences, say)
    if view.suspects:
        yield from _some(say("source.suspected"), [_suspect(each, say) for each in view.suspects], say)
    if view.flags:
        yield from _some(say("source.flagged"), _flagged(view.flags, say), say)
        yield say("source.flagged.todo")
    if view.gone:
        yield say.count("source.gone", view.gone)


def _passes(last: Pass, full: Pass | None, complete: Pass | None, say: Texts) -> Iterator[str]:
    yield say("source.last", when=_relative(last.ended_at), how=_how(last, say))
    read = sentence(say.count("source.pages", last.pages), say.count("source.posts", last.posts))
    changed = ", ".join(say.count(f"source.change.{action}", number) for action, number in last.changes.items())
    yield say("source.read", read=read, changed=changed or say("source.change.none"))
    if full is None:
        yield say("source.full.never")
    for earlier in (full, complete if complete != full else None):
        if earlier is not None and earlier != last:
            yield say("source.full", when=_relative(earlier.ended_at), how=_whole(earlier, say))


def _how(taken: Pass, say: Texts) -> str:
    return sentence(say(f"pass.{taken.kind.value}"), _whole(taken, say))


def _whole(taken: Pass, say: Texts) -> str:
    return say("pass.whole") if taken.whole else say("pass.partly")


def _some(title: str, items: Sequence[str], say: Texts) -> Iterator[str]:
    """Yield a title with the number of items, the first few of them, and how many more there are."""
    yield f"**{title} ({len(items)})**"
    yield from (f"- {item}" for item in items[:_FEW])
    if len(items) > _FEW:
        yield say.count("source.more", len(items) - _FEW)


def _suspect(suspect: Suspect, say: Texts) -> str:
    name = escape_line(clipped(suspect.title, _NAME))
    return say("source.suspect", number=suspect.post_id, title=name, when=_relative(suspect.noticed_at))


def _flagged(flags: Iterable[Flag], say: Texts) -> list[str]:
    return [
        f"**{flag.label}** {escape_line(clipped(flag.title, _NAME))}: {say(f'flag.{flag.reason.value}')}"
        for flag in flags
    ]


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[: 4 * _FEW])
    return f"{shown}, …" if len(codes) > 4 * _FEW else shown


def _place(address: str) -> str:
    """Return an address as a link without a preview; what is no address is plain words."""
    return f"<{address}>" if address.startswith(("http://", "https://")) else escape_line(clipped(address, 300))


def _relative(at: str) -> str:
    """Return a moment as every reader's Discord counts from or towards it."""
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:R>"
