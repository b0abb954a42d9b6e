"""What linking looks like: the panel of a reply or of an amendment, the choice of a place, and the forms.

Drawing only. A panel is one message: what does not fit is a press away, and nothing in it can ping or turn into format.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

import discord
from discord import ui

from bot.domain.amendments import Amendment, Kind
from bot.domain.anchors import locate
from bot.domain.diff import word_diff
from bot.domain.ids import BlockId
from bot.domain.programme import Contribution, Section
from bot.domain.text import Run, Style
from bot.domain.versions import digest_of_blocks
from bot.locales import Texts
from bot.mirror.custom_ids import READ
from bot.mirror.flow import Rooms, flow
from bot.mirror.markdown import escape_line
from bot.mirror.pieces import shortened
from bot.mirror.render.proposals import change_runs, plain_runs, written
from bot.mirror.render.replies import reply_header
from bot.mirror.render.wording import (
    aim_of,
    clipped,
    proposer_of,
    reference_of,
    section_name,
    sentence,
    status_heading,
    title_of,
)
from bot.mirror.room import Room
from bot.services.linkable import Act, LinkedView, ReplyView
from bot.services.source_rows import FlagReason
from cogs.faces import Button, Part, face
from cogs.picking import END, LONGEST, Course, Pick, block_choice, choices, field, go_on, writing_fields
from cogs.routing import custom_id, form

_MESSAGE = Room(2000, 8000)
_SHOWN = Room(1100, 4400)
"""What a panel shows of a reply's words."""
WHOLE = Room(1900, 7600)
"""What a message holds that shows nothing else."""
_LONG_ADDRESS = 300
_STYLES = {"insert": Style.BOLD, "delete": Style.STRIKE}
_REASON = 500


def reply_panel(view: ReplyView, say: Texts) -> tuple[str, ui.View]:
    """Return the panel of a reply that is no amendment."""
    reply = view.reply
    lines = [
        f"### {say('link.reply.title', number=reply.post_id, section=_named(view.section, say))}",
        reply_header(reply if len(reply.url or "") < _LONG_ADDRESS else replace(reply, url=None), None, say),
    ]
    notes: list[str] = []
    if view.former is not None:
        notes.append(say("link.reply.former", reference=reference_of(view.former, say)))
    if view.reading is not None:
        notes.append(say("link.reply.recognised", kind=say(f"kind.{view.reading.proposal.kind.value}")))
    left = _MESSAGE.without(*lines, *notes, "\n" * (len(lines) + len(notes)))
    first, *more = reply_words(reply, say, Room(min(left.characters, _SHOWN.characters), _SHOWN.octets))
    read = Button(
        label=say("link.read"), style=discord.ButtonStyle.primary, custom_id=custom_id("link-pick", reply.post_id)
    )
    rest = Button(label=say("link.words"), custom_id=custom_id("link-words", reply.post_id))
    return "\n".join(filter(None, [*lines, first, *notes])), face(read, *([rest] if more else []))


def amendment_panel(view: LinkedView, say: Texts, before: str = "") -> tuple[str, ui.View]:
    """Return the panel of an amendment, after what just happened."""
    amendment = view.amendment
    head = [
        before,
        f"### {reference_of(amendment, say)} · {title_of(amendment)}",
        sentence(status_heading(amendment, say), aim_of(amendment, say), proposer_of(amendment, say)),
        *(f"**{say('link.look')}** {say(f'flag.{reason.value}')}" for reason in view.flags),
    ]
    bodies = [(label, runs) for label, runs in _bodies(view, say) if runs]
    lines = [line for line in head if line]
    labels = [f"-# {label}" for label, _ in bodies]
    left = _MESSAGE.without(*lines, *labels, "\n" * (len(lines) + 2 * len(bodies)))
    for place, (label, (_, runs)) in enumerate(zip(labels, bodies, strict=True)):
        share = Room(left.characters // (len(bodies) - place), left.octets // (len(bodies) - place))
        body = shortened(runs, written, share, "…")
        left = left.without(body)
        lines += [label, body]
    return "\n".join(lines), face(*_buttons(view, say))


def reply_words(reply: Contribution, say: Texts, first: Room) -> list[str]:
    """Return a reply's words: the beginning, as far as there is room for it, and each message of the rest."""
    blocks = [(BlockId(crc32(block.text.encode())), block) for block in reply.blocks]
    return [part.text for part in flow(blocks, (), Rooms(first, WHOLE), say("image"))]


def first_pick(view: ReplyView) -> Pick:
    """Return what can be chosen beforehand: the kind that was read, and the place where that is certain."""
    section_id = view.section.section_id
    if view.reading is None:
        return Pick(section_id)
    proposal, place = view.reading.proposal, view.reading.place
    anchor = locate(place, proposal.old_text, proposal.kind, proposal.form, view.section.blocks)
    if anchor is not None:
        return Pick(section_id, proposal.kind, str(anchor.block_id))
    return Pick(section_id, proposal.kind, END if proposal.kind is Kind.INSERT and place is None else "")


def picking_panel(view: ReplyView, pick: Pick, say: Texts) -> tuple[str, ui.View]:
    """Return the step between a reply and its form: the kind, and the block where one is needed."""
    course = Course("link-", (view.reply.post_id,))
    back = Button(label=say("link.to_panel"), custom_id=custom_id("link-reply", view.reply.post_id), row=3)
    content = say("link.pick", number=view.reply.post_id, section=_named(view.section, say))
    return content, face(*choices(view.section, pick, say, course), back)


def moving_panel(view: LinkedView, pick: Pick, say: Texts) -> tuple[str, ui.View]:
    """Return the choice of another place for an amendment."""
    amendment = view.amendment
    course = Course("move-", (amendment.amendment_id,))
    back = Button(label=say("link.to_panel"), custom_id=custom_id("link-show", amendment.amendment_id), row=3)
    content = say("link.move.which", reference=reference_of(amendment, say), aim=aim_of(amendment, say))
    go = go_on(pick, say("link.move.go"), course.press("go"))
    return content, face(*block_choice(view.section, pick, say, course), go, back)


def reading_form(view: ReplyView, pick: Pick, say: Texts) -> ui.Modal:
    """Return the form of an amendment out of a reply, filled with the author's words."""
    kind = pick.kind or Kind.GENERAL
    title = say("link.form.read", number=view.reply.post_id)
    fields = writing_fields(kind, view.text, view.explanation, "", say, explained=False)
    return form(title, custom_id("link-written", view.reply.post_id, *pick.encode()[:3]), *fields)


def left_as_shown(typed: str, source: str) -> str:
    """Return what was typed, or the whole source where the form held its beginning and nobody changed that."""
    return source if typed.strip() == source[:LONGEST].strip() else typed


def back_form(amendment: Amendment, say: Texts) -> ui.Modal:
    """Return the form that asks why an amendment is to be a mere reply again."""
    why = field("reason", say("link.form.reason"), say("link.form.reason.hint"), "", _REASON)
    title = say("link.form.back", reference=reference_of(amendment, say))
    return form(title, custom_id("link-backed", amendment.amendment_id), why)


def _named(section: Section, say: Texts) -> str:
    return escape_line(clipped(section_name(section, say), 150))


def _bodies(view: LinkedView, say: Texts) -> Iterator[tuple[str, Sequence[Run]]]:
    """Yield what a panel shows of an amendment: what it says, and what its reply says now."""
    amendment, now = view.amendment, view.now
    yield say(f"change.{amendment.kind.value}"), change_runs(amendment)
    yield say("card.explanation"), plain_runs(amendment.explanation)
    if now is not None:
        said, says = amendment.text or amendment.old_text or "", now.text or now.old_text or ""
        if now.kind is not amendment.kind:
            yield say("link.now.kind", kind=say(f"kind.{now.kind.value}")), plain_runs(says)
        elif said != says:
            yield say("link.now.text"), _difference(said, says)
        if now.explanation != amendment.explanation:
            yield say("link.now.explanation"), _difference(amendment.explanation, now.explanation)
    elif view.reply is not None and {FlagReason.EDITED, FlagReason.UNMADE} & set(view.flags):
        yield say("link.now.reply"), plain_runs("\n".join(block.text for block in view.reply.blocks))


def _difference(said: str, says: str) -> list[Run]:
    return [Run(change.text, _STYLES.get(change.op, Style.PLAIN)) for change in word_diff(said, says)]


def _buttons(view: LinkedView, say: Texts) -> Iterator[Part]:
    amendment = view.amendment
    number = amendment.amendment_id
    if Act.TAKE in view.acts and view.reply is not None:
        action = custom_id("link-take", number, digest_of_blocks(view.reply.blocks))
        yield Button(label=say("link.take"), style=discord.ButtonStyle.primary, custom_id=action)
    if Act.MOVE in view.acts:
        yield Button(label=say("link.move"), custom_id=custom_id("link-move", number))
    if Act.BACK in view.acts:
        yield Button(label=say("link.back"), custom_id=custom_id("link-back", number))
    if Act.SEEN in view.acts:
        yield Button(label=say("link.seen"), custom_id=custom_id("link-seen", number))
    yield Button(label=say("button.read"), custom_id=custom_id(READ, number))
    if view.reply is not None:
        yield Button(label=say("link.words"), custom_id=custom_id("link-words", view.reply.post_id))
