"""What waiting edits look like: the list to choose from, and one edit with what it touches and the two buttons.

Drawing only. A panel is one message; a longer edit comes along whole as a file.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import discord
from discord import ui

from bot.domain.effects import Touched
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.mirror.render.revisions import revision_lines
from bot.mirror.render.wording import clipped, reference_of, section_name, sentence, title_of
from bot.services.fixing import WaitingView
from cogs.faces import Button, Select, face
from cogs.routing import custom_id

_LIMIT: Final = 2000
_DIFF: Final = 1100
_MOST: Final = 25
_FEW: Final = 8
_NAME: Final = 100


def list_panel(found: Sequence[WaitingView], say: Texts, page: int, before: str, *, fixed: bool) -> tuple[str, ui.View]:
    """Return the list of what waits, a page of it to choose from, after what just happened."""
    shown = found[page * _MOST : (page + 1) * _MOST]
    if not shown:
        nothing = say("waiting.nothing" if fixed else "waiting.not_fixed")
        return "\n".join(filter(None, [before, nothing])), face()
    lines = [before, f"### {say.count('waiting.title', len(found))}", *(_line(each, say) for each in shown[:_FEW])]
    if len(found) > _FEW:
        lines.append(say.count("waiting.more", len(found) - _FEW))
    pick = Select(placeholder=say("waiting.pick"), custom_id=custom_id("wait-show"))
    for each in shown:
        pick.add_option(label=clipped(section_name(each.section, say), _NAME), value=str(each.section.section_id))
    return chunks([line for line in lines if line], _LIMIT)[0], face(pick, *_pages(page, len(found), say))


def edit_panel(view: WaitingView, say: Texts, before: str = "") -> tuple[str, ui.View, Sequence[discord.File]]:
    """Return one edit: what becomes of the text, which amendments it touches, and the buttons."""
    section = view.section
    head = [before, f"### {_named(view, say)}", say("waiting.noticed", when=_relative(view.waiting.noticed_at))]
    diff = [f"> {line}" for line in revision_lines(view.revisions, say, whole=False)] or [say("waiting.only_form")]
    shown = chunks(diff, _DIFF)
    files: list[discord.File] = []
    if len(shown) > 1:
        whole = [f"# {_named(view, say)}", "", *(f"- {line}" for line in revision_lines(view.revisions, say))]
        name = say("waiting.file", code=section.code)
        files = [discord.File(io.BytesIO("\n".join([*whole, ""]).encode()), filename=name)]
        shown = [shown[0], say("waiting.rest")]
    lines = [*head, *shown, *_touched(view.touched, say)]
    text = chunks([line for line in lines if line], _LIMIT)[0]
    return text, face(*_buttons(view, say)), files


def _line(view: WaitingView, say: Texts) -> str:
    when = _relative(view.waiting.noticed_at)
    touches = say.count("waiting.touches", len(view.touched)) if view.touched else say("waiting.touches_none")
    return f"- {sentence(f'**{_named(view, say)}**', when, touches)}"


def _touched(found: Sequence[Touched], say: Texts) -> Iterator[str]:
    if not found:
        yield say("waiting.touches_none")
        return
    yield f"**{say.count('waiting.touches', len(found))}**"
    for each in found[:_FEW]:
        block = say(f"block.{each.anchor.kind.value}", number=each.anchor.number)
        effect = say(f"effect.{each.effect.value}", block=block)
        yield f"- **{reference_of(each.amendment, say)}** {title_of(each.amendment)}: {effect}"
    if len(found) > _FEW:
        yield say.count("waiting.more", len(found) - _FEW)


def _buttons(view: WaitingView, say: Texts) -> Iterator[Button]:
    section_id, digest = view.section.section_id, view.digest
    yield Button(
        label=say("waiting.take"),
        style=discord.ButtonStyle.success,
        custom_id=custom_id("wait-take", section_id, digest),
    )
    yield Button(label=say("waiting.leave"), custom_id=custom_id("wait-leave", section_id, digest))
    yield Button(label=say("waiting.back"), custom_id=custom_id("wait-list", 0))


def _pages(page: int, number: int, say: Texts) -> Iterator[Button]:
    if page:
        yield Button(label=say("waiting.previous"), custom_id=custom_id("wait-list", page - 1))
    if (page + 1) * _MOST < number:
        yield Button(label=say("waiting.next"), custom_id=custom_id("wait-list", page + 1))


def _named(view: WaitingView, say: Texts) -> str:
    return escape_line(clipped(section_name(view.section, say), _NAME))


def _relative(at: str) -> str:
    return f"<t:{int(datetime.fromisoformat(at).timestamp())}:R>"
