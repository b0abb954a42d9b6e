"""What `/mijn` looks like: news, what waits for somebody, what they proposed, and the lists that open each of it.

Drawing only.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from discord import ui

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.render.news import news_line
from bot.mirror.render.wording import reference_of, sentence, status_of, title_of
from bot.services.mine import Duties, Mine
from cogs.faces import Button, Part, Select, face
from cogs.finding import found_select
from cogs.picking import PAGE, short
from cogs.routing import custom_id

_SHOWN = 8
"""Lines of one kind: what a phone shows without much scrolling. All of them are in the list below."""


def own_lines(mine: Mine, duties: Duties, say: Texts) -> list[str]:
    """Return all that concerns somebody, what asks for something first."""
    groups = (
        ("own.waiting", [*_waiting(mine, say)]),
        ("own.duties", [*_duties(duties, say)]),
        ("own.news", [news_line(notice.amendment, notice.news.value, say) for notice in mine.notices]),
        ("own.proposals", [_line(each, status_of(each, say), say) for each in mine.proposals]),
    )
    lines: list[str] = []
    for key, found in groups:
        if found:
            lines += [f"**{say(key)}**", *found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(say.count("own.more", len(found) - _SHOWN))
    if mine.drafts:
        lines.append(say.count("own.drafts" if lines else "own.only_drafts", len(mine.drafts)))
    lines = lines or [say("own.nothing")]
    name = mine.preferences.book_name
    return [*lines, say("own.name", name=escape_line(name)) if name else say("own.no_name")]


def own_buttons(mine: Mine, duties: Duties, say: Texts) -> ui.View:
    """Return the lists that open an amendment or a draft, and the buttons for name and direct messages."""
    items: list[Part] = []
    listed = dict(_listed(mine, duties, say))
    if listed:
        known = {each.amendment_id: each for each in _amendments(mine, duties)}
        items.append(found_select([(known[each], said) for each, said in list(listed.items())[:PAGE]], say))
    drafts = [*mine.repairs, *mine.drafts][:PAGE]
    if drafts:
        select = Select(custom_id=custom_id("drafts"), placeholder=say("drafts.open"))
        for draft in drafts:
            said = say("drafts.repair") if draft.repair_until else None
            select.add_option(label=short(draft.title), value=str(draft.amendment_id), description=said)
        items.append(select)
    messages = mine.preferences.messages
    key = "own.messages.stop" if messages else "own.messages.start"
    items.append(Button(label=say(key), custom_id=custom_id("messages", int(not messages)), row=2))
    items.append(Button(label=say("own.name.change"), custom_id=custom_id("name"), row=2))
    return face(*items)


def _waiting(mine: Mine, say: Texts) -> Iterator[str]:
    for repair in mine.repairs:
        until = f"<t:{int(datetime.fromisoformat(repair.repair_until or '').timestamp())}:f>"
        yield _line(repair, say("own.repair", until=until), say)
    for amendment, key in _asked(mine):
        yield _line(amendment, say(key), say)


def _asked(mine: Mine) -> Iterator[tuple[Amendment, str]]:
    """Yield what waits for somebody's word, and the key of what that is."""
    for amendment in mine.to_answer:
        yield amendment, "own.answer"
    for invitation in mine.invitations:
        yield mine.about[invitation.amendment_id], "own.invited"
    for merge in mine.merges:
        yield mine.about[merge.amendment_id], "own.merge"


def _duties(duties: Duties, say: Texts) -> Iterator[str]:
    counts = (
        ("own.duty.screen", len(duties.to_screen)),
        ("own.duty.look", duties.to_look_at),
        ("own.duty.advise", len(duties.to_advise)),
        ("own.duty.publish", duties.to_publish),
        ("own.duty.decide", len(duties.to_decide)),
    )
    yield from (f"- {say.count(key, number)}" for key, number in counts if number)


def _listed(mine: Mine, duties: Duties, say: Texts) -> Iterator[tuple[AmendmentId, str]]:
    """Yield what the list opens, the most pressing last: what is told of twice keeps the place of its first time."""
    for amendment, key in _asked(mine):
        yield amendment.amendment_id, say(key)
    for key, found in _tasks(duties):
        for amendment in found:
            yield amendment.amendment_id, say(key)
    for notice in mine.notices:
        yield notice.amendment.amendment_id, say(f"news.{notice.news.value}")
    for amendment in mine.proposals:
        yield amendment.amendment_id, status_of(amendment, say)


def _tasks(duties: Duties) -> tuple[tuple[str, Sequence[Amendment]], ...]:
    return (
        ("own.task.screen", duties.to_screen),
        ("own.task.decide", duties.to_decide),
        ("own.task.advise", duties.to_advise),
    )


def _amendments(mine: Mine, duties: Duties) -> Iterator[Amendment]:
    yield from (amendment for amendment, _ in _asked(mine))
    yield from (amendment for _, found in _tasks(duties) for amendment in found)
    yield from (notice.amendment for notice in mine.notices)
    yield from mine.proposals


def _line(amendment: Amendment, said: str, say: Texts) -> str:
    named = f"**{reference_of(amendment, say)}** {title_of(amendment)}"
    return f"- {sentence(named, said)}"
