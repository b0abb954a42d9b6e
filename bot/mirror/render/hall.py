"""What the projector shows: one amendment large, with the buttons of the chair; and the order of treatment. Pure.

Which buttons there are follows from the tables of the domain. Who presses is looked at when they press.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.domain.amendments import Amendment, Kind, Status
from bot.domain.collisions import colliding_with, related_to
from bot.domain.deeds import DECISIONS, ENDS, UNDECIDED, Deed
from bot.domain.hall import Showing
from bot.domain.lifecycle import steps_from
from bot.domain.programme import Section
from bot.domain.rights import does
from bot.domain.text import Run
from bot.locales import Texts
from bot.mirror.components import ButtonStyle, button, container, deed_button, message, row, text
from bot.mirror.custom_ids import READ, Press
from bot.mirror.markdown import escape_line
from bot.mirror.pieces import shortened
from bot.mirror.render.cards import COLOURS, GREY, card_key
from bot.mirror.render.overview import joined
from bot.mirror.render.proposals import change_label, change_runs, diff_runs, plain_runs, written
from bot.mirror.render.whole import tally_words
from bot.mirror.render.wording import (
    advice_of,
    aim_of,
    clipped,
    proposers_of,
    reference_of,
    references,
    section_name,
    sentence,
    status_of,
    support_of,
    title_of,
)
from bot.mirror.resources import Json, Key
from bot.mirror.room import MESSAGE, Room, size_of

AT_ONCE: Final = (Deed.ADOPT, Deed.REJECT, Deed.HOLD_OVER)
"""What one press decides, by a show of hands. The others ask for words first."""
_STYLES: Final = {
    Deed.ADOPT: ButtonStyle.SUCCESS,
    Deed.ADOPT_AS_MODIFIED: ButtonStyle.SUCCESS,
    Deed.REJECT: ButtonStyle.DANGER,
}
_A_ROW: Final = 5
_A_LINE: Final = 15
"""References in a line, which may not be longer than a message."""
_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Scene:
    """One showing with all there is to show of it. `open_`: the meeting goes on. `last`: nothing was shown since."""

    showing: Showing
    amendment: Amendment
    section: Section
    minimum_support: int = 0
    open_: bool = True
    last: bool = True

    @property
    def status(self) -> Status | None:
        """What came of it, or None while that is ahead."""
        if self.showing.outcome is not None:
            return self.showing.outcome.status
        decided = self.amendment.status not in UNDECIDED
        return self.amendment.status if decided and not self.showing.again else None

    @property
    def past(self) -> bool:
        """Whether it is behind the hall: what came of it is enough then."""
        return self.showing.again or (self.status is not None and not self.last)


def shown(key: Key, scene: Scene, say: Texts) -> Mapping[str, Json]:
    """Return the message that shows an amendment large; once the hall went on, only what came of it."""
    head, rows = _head(scene, say), _buttons(scene, say)
    foot = [*([] if scene.past else [_foot(scene, say)]), *_outcome(scene, say)]
    bodies = [] if scene.past else [(label, runs) for label, runs in _bodies(scene, say) if runs]
    labels = [str(each) for each in _labels(rows)]
    room = MESSAGE.without(head, *foot, *labels, *(f"{label}\n\n" for label, _ in bodies))
    written_out = fairly([runs for _, runs in bodies], room, say("card.more"))
    texts = [head, *(f"{label}\n{words}" for (label, _), words in zip(bodies, written_out, strict=True)), *foot]
    colour = COLOURS.get(scene.status or scene.amendment.status, GREY)
    return message(key, [container(colour, [*(text(each) for each in texts if each), *rows])])


def fairly(bodies: Sequence[Sequence[Run]], room: Room, more: str) -> list[str]:
    """Return texts that together fit the room: short ones whole, and what is left shared by the long ones."""
    words = [written(runs) for runs in bodies]
    texts = dict.fromkeys(range(len(bodies)), "")
    left, number = room, len(bodies)
    for at in sorted(texts, key=lambda each: size_of(words[each]).characters):
        share = Room(left.characters // number, left.octets // number)
        texts[at] = shortened(bodies[at], written, share, more)
        left, number = left.without(texts[at]), number - 1
    return list(texts.values())


def order_messages(
    key_of: Callable[[int], Key],
    hammer: Sequence[tuple[Section, Amendment]],
    rest: Sequence[tuple[Section, Amendment]],
    say: Texts,
    *,
    at_least: int,
    open_: bool,
) -> Iterator[Mapping[str, Json]]:
    """Yield the order of treatment in as many messages as it takes, and no fewer than stand already."""
    texts = joined([*_hammer_lines(hammer, say), *_rest_lines(rest, say)])
    undecided = any(amendment.status in UNDECIDED for _, amendment in hammer)
    press = row([deed_button(say("hall.hammer.go"), "hall-hammer", ButtonStyle.SUCCESS)])
    for number, each in enumerate(texts, start=1):
        last = number == len(texts)
        yield message(key_of(number), [text(each), *([press] if last and undecided and open_ else [])])
    for number in range(len(texts) + 1, at_least + 1):
        yield message(key_of(number), [text(say("part.emptied"))])


def _head(scene: Scene, say: Texts) -> str:
    amendment = scene.amendment
    where = escape_line(clipped(section_name(scene.section, say), 100))
    return "\n".join(
        [
            f"# {reference_of(amendment, say)} · {title_of(amendment)}",
            sentence(where, aim_of(amendment, say), clipped(proposers_of(amendment, say), 200)),
        ]
    )


def _bodies(scene: Scene, say: Texts) -> Iterator[tuple[str, Sequence[Run]]]:
    """Yield old text, new text, the change word by word, why, and what the committee advises, each with its label."""
    amendment = scene.amendment
    yield f"**{say('hall.now')}**", plain_runs(amendment.old_text or "")
    if amendment.kind is not Kind.DELETE:
        yield f"**{say('hall.proposal')}**", plain_runs(amendment.text)
    if amendment.kind is Kind.REPLACE or amendment.final_text is not None:
        yield f"-# {say(change_label(amendment))}", change_runs(amendment)
    yield f"**{say('card.explanation')}**", plain_runs(amendment.explanation)
    if amendment.advice is not None:
        yield say("card.advice", advice=advice_of(amendment, say)), plain_runs(amendment.advice.explanation)
    if scene.showing.advised:
        yield f"-# {say('read.advised')}", diff_runs(amendment.text, scene.showing.advised)


def _foot(scene: Scene, say: Texts) -> str:
    amendment, others = scene.amendment, scene.section.amendments
    lines = [support_of(amendment, say, scene.minimum_support)]
    if amendment.advice is None:
        lines.append(say("hall.no_advice"))
    elif amendment.advice.agrees is not None:
        lines.append(say("card.agrees" if amendment.advice.agrees else "card.disagrees"))
    for key, found in (
        ("card.collides", colliding_with(amendment, others)),
        ("card.related", related_to(amendment, others)),
    ):
        if found:
            lines.append(say(key, references=references(found[:_NAMED], say)))
    return "\n".join(lines)


def _outcome(scene: Scene, say: Texts) -> Iterator[str]:
    if scene.status is not None:
        word = say(f"status.{scene.status.value}")
        outcome = scene.showing.outcome
        votes = tally_words(outcome.tally, say) if outcome is not None and outcome.tally is not None else None
        yield f"# {word[:1].upper()}{word[1:]}" + (f"\n{votes}" if votes else "")
    if scene.showing.again:
        yield say("hall.again")


def _buttons(scene: Scene, say: Texts) -> list[dict[str, Json]]:
    read = button(say("button.read"), Press(READ, scene.amendment.amendment_id), ButtonStyle.SECONDARY)
    if scene.showing.again or not scene.open_:
        return [row([read])]
    if scene.status is not None:
        on = [deed_button(say("hall.next"), "hall-next", ButtonStyle.PRIMARY)] if scene.last else []
        undo = [deed_button(say("hall.undo"), "hall-undo", ButtonStyle.SECONDARY)] if scene.last else []
        return [row([*on, *undo, read])]
    count = f"hall-count:{scene.amendment.amendment_id}"
    buttons = [*_decisions(scene.amendment, say), deed_button(say("hall.count"), count, ButtonStyle.SECONDARY), read]
    return [row(buttons[at : at + _A_ROW]) for at in range(0, len(buttons), _A_ROW)]


def _labels(rows: Sequence[dict[str, Json]]) -> Iterator[Json]:
    """Yield the words on buttons, which count among the text of a message."""
    for each in rows:
        inside = each["components"]
        yield from (part["label"] for part in inside if isinstance(part, dict)) if isinstance(inside, list) else ()


def _decisions(amendment: Amendment, say: Texts) -> Iterator[dict[str, Json]]:
    """Yield a button for everything the meeting can make of it, as the transition table has it."""
    for deed in DECISIONS:
        if any(does(deed, step) for step in steps_from(amendment.status)):
            word = say(f"status.{ENDS[deed].value}")
            action = "hall" if deed in AT_ONCE else "do"
            style = _STYLES.get(deed, ButtonStyle.SECONDARY)
            yield deed_button(word[:1].upper() + word[1:], f"{action}:{deed.value}:{amendment.amendment_id}", style)


def _hammer_lines(hammer: Sequence[tuple[Section, Amendment]], say: Texts) -> Iterator[str]:
    yield f"## {say('hall.hammer')}"
    yield say.count("hall.hammer.how", len(hammer)) if hammer else say("hall.hammer.none")
    for _, amendment in hammer:
        decided = None if amendment.status in UNDECIDED else f"**{status_of(amendment, say)}**"
        yield sentence(f"- {_linked(amendment, say)} {title_of(amendment)}", advice_of(amendment, say), decided)


def _rest_lines(rest: Sequence[tuple[Section, Amendment]], say: Texts) -> Iterator[str]:
    yield f"## {say('hall.rest')}"
    yield say.count("hall.rest.how", len(rest)) if rest else say("hall.rest.none")
    for _, group in groupby(rest, key=lambda each: each[0].section_id):
        members = list(group)
        name = escape_line(clipped(section_name(members[0][0], say), 100))
        for at in range(0, len(members), _A_LINE):
            yield f"- {name}: {', '.join(_treated(amendment, say) for _, amendment in members[at : at + _A_LINE])}"


def _treated(amendment: Amendment, say: Texts) -> str:
    """Return a reference, struck through once it is decided."""
    name = _linked(amendment, say)
    return name if amendment.status in UNDECIDED else f"~~{name}~~"


def _linked(amendment: Amendment, say: Texts) -> str:
    return f"[{reference_of(amendment, say)}]({{link:{card_key(amendment)}}})"
