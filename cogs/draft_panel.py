"""What a member's own draft looks like: the form to write it in, the draft beside what others proposed, the list.

Drawing only. What a press does stands in `drafts` and `proposing`.
"""

from collections.abc import Callable, Sequence

import discord
from discord import ui

from bot.domain.amendments import Amendment, Kind
from bot.domain.programme import Section
from bot.domain.text import StoredBlock
from bot.domain.titles import title_of
from bot.locales import Texts
from bot.mirror.reading import amendment_whole, chunks, list_line
from bot.mirror.render.wording import aim_of, reference_of, sentence
from bot.services.amending import DraftView
from bot.services.comparing import Beside
from bot.services.wording import refusal
from cogs.carrying import LONGEST_NAME, Carried
from cogs.faces import Button, Part, Select, face
from cogs.picking import PAGE, Pick, field, short, turners, writing_fields
from cogs.routing import custom_id, form

Link = Callable[[Amendment], str | None]

_RATHER = 4
"""How many others are offered to support instead: a row of buttons holds five."""
_SHOWN = 5
"""Others of each sort that are shown: at the end of a list many may stand."""
_ROOM = 1800
"""Characters of a draft in one message, so that the sentence about it fits too."""


def writing(
    section: Section, pick: Pick, block: StoredBlock | None, carried: Carried, name: str | None, say: Texts
) -> ui.Modal:
    """Return the second step: the form, filled with the old text where that is to be changed, or with words carried.

    `name` is the one to propose for the amendment book, None for who chose theirs.
    """
    kind = pick.kind or Kind.GENERAL
    text, explanation = first_words(kind, block, carried.words)
    title = say("propose.modal", code=section.code, title=section.title)
    fields = writing_fields(kind, text, explanation, "", say)
    if name is not None:
        fields.append(field("name", say("name.field"), say("name.field.hint"), name, LONGEST_NAME))
    return form(title, custom_id("written", *pick.encode()[:3]), *fields)


def first_words(kind: Kind, block: StoredBlock | None, words: str) -> tuple[str, str]:
    """Return the text and the explanation that a form begins with. Who only strikes out can but explain."""
    if kind is Kind.DELETE:
        return "", words
    old = block.block.text if block is not None and kind is Kind.REPLACE else ""
    return words or old, ""


def rewriting(amendment: Amendment, section: Section, say: Texts) -> ui.Modal:
    """Return the form with one's own draft in it; a title that was made from the text is made anew."""
    title = say("propose.modal", code=section.code, title=section.title if section.standing else "")
    own = amendment.title if amendment.title != title_of(amendment.text or amendment.old_text or "") else ""
    fields = writing_fields(amendment.kind, amendment.text, amendment.explanation, own, say)
    return form(title, custom_id("rewritten", amendment.amendment_id), *fields)


def draft_texts(view: DraftView, link: Link, say: Texts, head: str = "") -> list[str]:
    """Return a draft with its difference from the programme, and under it what others proposed already.

    `head` stands over it; without one, what to do with it or why that can't be done now.
    """
    held = view.held
    head = head or (say("propose.draft") if held is None else say("propose.draft.held", why=refusal(held, say)))
    lines = [head, *amendment_whole(view.amendment, (), (), say, limit=_ROOM)]
    return chunks([*lines, *beside_lines(view.beside, link, say)], 2000)


def beside_lines(beside: Beside, link: Link, say: Texts) -> list[str]:
    """Return what says nearly the same as a proposal, and what touches the same text, each once."""
    touching = {other.amendment_id: other for other in beside.colliding}
    alike = [other for other in beside.alike if other.amendment_id not in touching]
    others = {other.amendment_id for other in alike}
    touching |= {other.amendment_id: other for other in beside.related if other.amendment_id not in others}
    lines: list[str] = []
    for key, found in (("beside.alike", alike), ("propose.related", list(touching.values()))):
        if found:
            lines += [say(key), *(list_line(other, say, link(other)) for other in found[:_SHOWN])]
        if len(found) > _SHOWN:
            lines.append(say.count("own.more", len(found) - _SHOWN))
    return lines


def draft_buttons(view: DraftView, say: Texts) -> ui.View:
    """Return what a member can do with their own draft, supporting what is there already instead included."""
    number, beside = view.amendment.amendment_id, view.beside
    items: list[Part] = [
        Button(label=say("propose.file"), style=discord.ButtonStyle.success, custom_id=custom_id("file", number)),
        Button(label=say("propose.rewrite"), custom_id=custom_id("rewrite", number)),
        Button(label=say("drafts.keep"), custom_id=custom_id("keep", number)),
        Button(label=say("drafts.discard"), custom_id=custom_id("discard", number)),
    ]
    others = {other.amendment_id: other for other in (*beside.alike, *beside.colliding, *beside.related)}
    for other in list(others.values())[:_RATHER]:
        label = say("drafts.rather", reference=reference_of(other, say))
        items.append(Button(label=label, custom_id=custom_id("rather", number, other.amendment_id), row=1))
    return face(*items)


def discarding(amendment: Amendment, say: Texts) -> ui.View:
    """Return the buttons that ask once more before a draft goes."""
    number = amendment.amendment_id
    sure = Button(
        label=say("drafts.discard.sure"), style=discord.ButtonStyle.danger, custom_id=custom_id("discarded", number)
    )
    return face(sure, Button(label=say("drafts.keep"), custom_id=custom_id("keep", number)))


def draft_list(drafts: Sequence[Amendment], codes: dict[int, str], page: int, say: Texts) -> tuple[str, ui.View]:
    """Return the list of one's own drafts, with the select that opens one. `codes` are those of their sections."""
    if not drafts:
        return say("drafts.none"), face()
    page = min(page, (len(drafts) - 1) // PAGE)
    select = Select(custom_id=custom_id("drafts"), placeholder=say("drafts.open"))
    for draft in drafts[page * PAGE : (page + 1) * PAGE]:
        code = codes.get(draft.section_id, "")
        about = sentence(code, aim_of(draft, say), say("drafts.repair") if draft.repair_until else None)
        label = f"{code} {draft.title}".strip()
        select.add_option(label=short(label), value=str(draft.amendment_id), description=short(about))
    turning = turners("draftpage", page, len(drafts), say, row=1)
    return say.count("drafts.list", len(drafts)), face(select, *turning)
