"""An amendment as a card in its section's post: readable without colour, and never longer than a message."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.collisions import colliding_with, related_to
from bot.domain.text import Run
from bot.locales import Texts
from bot.mirror.components import ButtonStyle, button, container, message, row, text
from bot.mirror.custom_ids import READ, SUPPORT, Press
from bot.mirror.pieces import shortened
from bot.mirror.render.proposals import change_label, change_runs, plain_runs, written
from bot.mirror.render.replies import reply_key
from bot.mirror.render.wording import (
    aim_of,
    proposers_of,
    reference_of,
    references,
    sentence,
    status_heading,
    support_of,
    title_of,
)
from bot.mirror.resources import Json, Key
from bot.mirror.room import MESSAGE, Room

COLOURS: Final = {
    Status.OPEN: 0x3498DB,
    Status.HELD_OVER: 0xF1C40F,
    Status.ADOPTED: 0x2ECC71,
    Status.ADOPTED_AS_MODIFIED: 0x1ABC9C,
    Status.TAKEN_OVER: 0x27AE60,
    Status.REJECTED: 0xE74C3C,
}
GREY: Final = 0x95A5A6
_ADVICE_ROOM: Final = Room(600, 1500)


def card_key(amendment: Amendment) -> Key:
    """Return the key of an amendment's card."""
    return f"amendment:{amendment.amendment_id}"


def card(
    amendment: Amendment, others: Sequence[Amendment], say: Texts, key: Key | None = None, minimum_support: int = 0
) -> Mapping[str, Json]:
    """Return an amendment's card. `others` are the amendments of the same section, itself among them or not.

    `key` is for a card that does not stand under its own, `minimum_support` how many the party asks for (0 for none).
    """
    header, label, footer = (
        _header(amendment, say),
        say(change_label(amendment)),
        _footer(amendment, others, say, minimum_support),
    )
    why = f"**{say('card.explanation')}**"
    buttons = _buttons(amendment, say)
    room = MESSAGE.without(header, label, footer, why, "\n" * 6, *(str(each["label"]) for each in buttons))
    change, explanation = _bodies(amendment, room, say("card.more"))
    texts = [header, f"-# {label}\n{change}" if change else "", f"{why}\n{explanation}" if explanation else "", footer]
    inside = [*(text(content) for content in texts if content), row(buttons)]
    return message(key or card_key(amendment), [container(COLOURS.get(amendment.status, GREY), inside)])


def _header(amendment: Amendment, say: Texts) -> str:
    title = f"### {reference_of(amendment, say)} · {title_of(amendment)}"
    line = sentence(status_heading(amendment, say), aim_of(amendment, say), proposers_of(amendment, say))
    if amendment.source_post_id is not None:
        line = sentence(line, f"[{say('card.source')}]({{link:{reply_key(amendment.source_post_id)}}})")
    return f"{title}\n{line}"


def _bodies(amendment: Amendment, room: Room, more: str) -> tuple[str, str]:
    """Return the change and the explanation; when they are too long together, the explanation gives way first."""
    why = plain_runs(amendment.explanation)
    least = Room(room.characters // 3, room.octets // 3)
    change = shortened(change_runs(amendment), written, room.without(shortened(why, written, least, more)), more)
    return change, shortened(why, written, room.without(change), more)


def _footer(amendment: Amendment, others: Sequence[Amendment], say: Texts, minimum_support: int) -> str:
    lines = [support_of(amendment, say, minimum_support)]
    if amendment.into is not None:
        lines.append(say("card.merged", reference=amendment.into))
    if amendment.advice:
        advice = say("card.advice", advice=say(f"advice.{amendment.advice.advice.value}"))
        why: list[Run] = plain_runs(amendment.advice.explanation)
        lines.append(sentence(advice, shortened(why, written, _ADVICE_ROOM, say("card.more"))))
        if amendment.advice.agrees is not None:
            lines.append(say("card.agrees" if amendment.advice.agrees else "card.disagrees"))
    if amendment.adrift:
        lines.append(say("card.stale"))
    for key, found in (
        ("card.collides", colliding_with(amendment, others)),
        ("card.related", related_to(amendment, others)),
    ):
        if found:
            lines.append(say(key, references=_some(found, say)))
    return "\n".join(lines)


def _some(found: Sequence[Amendment], say: Texts) -> str:
    shown = references(found[:10], say)
    return f"{shown}, …" if len(found) > 10 else shown


def _buttons(amendment: Amendment, say: Texts) -> list[dict[str, Json]]:
    support = button(say("button.support"), Press(SUPPORT, amendment.amendment_id), ButtonStyle.SUCCESS)
    read = button(say("button.read"), Press(READ, amendment.amendment_id), ButtonStyle.SECONDARY)
    return [support, read] if amendment.status.ahead else [read]
