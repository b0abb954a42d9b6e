"""What the two steps of proposing look like: the private message with selects, and the modal.

Drawing only. All that was chosen travels in the custom ids (`Pick`), so a restart in between loses nothing. Linking
draws its own steps with the same selects and fields (`Course`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.domain.aiming import TAKES_AWAY
from bot.domain.amendable import closed
from bot.domain.amendments import Kind
from bot.domain.ids import BlockId, SectionId
from bot.domain.programme import Section
from bot.domain.text import StoredBlock
from bot.locales import Texts
from bot.services.ports import SectionLine
from cogs.faces import Button, Part, Select, face
from cogs.routing import custom_id

PAGE = 25
"""Options in a select; Discord allows no more."""
END = "end"
LONGEST = 4000
"""Characters in a field of a form; Discord allows no more."""
_LINES = frozenset({"title", "name", "day"})
"""Fields of one line."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What was chosen so far. `block` is a block's id, or "end" for new text at the end of the list."""

    section_id: SectionId
    kind: Kind | None = None
    block: str = ""
    page: int = 0

    @property
    def ready(self) -> bool:
        """Whether enough is chosen to start writing."""
        return self.kind is Kind.GENERAL or (self.kind is not None and self.block != "")

    def encode(self) -> tuple[str, ...]:
        """Return the choices as arguments of a custom id."""
        return str(self.section_id), self.kind.value if self.kind else "", self.block, str(self.page)

    @staticmethod
    def decode(arguments: Sequence[str]) -> "Pick":
        """Read back what `encode` wrote."""
        section, kind, block, page = arguments
        return Pick(SectionId(int(section)), Kind(kind) if kind else None, block, int(page))


@dataclass(frozen=True, slots=True)
class Course:
    """Where the presses of a conversation go: what stands before the word of each, and what travels along."""

    prefix: str = ""
    carried: tuple[object, ...] = ()

    def press(self, action: str, *arguments: object) -> str:
        """Return the custom id of a press."""
        return custom_id(self.prefix + action, *self.carried, *arguments)


PROPOSING = Course()
"""A member's own proposal: nothing stands before its words, and nothing travels along."""


def section_picker(lines: Sequence[SectionLine], page: int, say: Texts, course: Course = PROPOSING) -> ui.View:
    """Return the select of sections, a page of it, with buttons to turn pages where there are more."""
    page = min(page, (len(lines) - 1) // PAGE)
    shown = lines[page * PAGE : (page + 1) * PAGE]
    select = Select(custom_id=course.press("section"), placeholder=say("propose.section"))
    for line in shown:
        select.add_option(
            label=short(f"{line.code} {line.title}"),
            value=str(line.section_id),
            description=short(line.chapter_title),
        )
    return face(select, *turners(course.press("sections"), page, len(lines), say))


def picker(section: Section, pick: Pick, say: Texts, course: Course = PROPOSING) -> tuple[str, ui.View]:
    """Return the message of the first step: the kind, the block where one is needed, and the way on."""
    items = choices(section, pick, say, course)
    items.append(
        Button(label=say("propose.other_section"), custom_id=course.press("sections", 0), row=3),
    )
    return say("propose.step", code=section.code, title=discord.utils.escape_markdown(section.title[:200])), face(
        *items
    )


def choices(section: Section, pick: Pick, say: Texts, course: Course) -> list[Part]:
    """Return the selects of kind and block as far as they are needed, and the button to go on."""
    kinds = Select(custom_id=course.press("kind", *pick.encode()), placeholder=say("propose.kind"), row=0)
    for kind in (each for each in Kind if each not in TAKES_AWAY or _block_options(section, each, say)):
        kinds.add_option(
            label=say(f"kind.{kind.value}"),
            value=kind.value,
            description=say(f"propose.kind.{kind.value}"),
            default=kind is pick.kind,
        )
    return [kinds, *block_choice(section, pick, say, course), go_on(pick, say("propose.next"), course.press("write"))]


def go_on(pick: Pick, label: str, action: str) -> Part:
    """Return the button that goes on with what was chosen, once that is enough."""
    return Button(
        label=label,
        style=discord.ButtonStyle.primary,
        custom_id=custom_id(action, *pick.encode()),
        disabled=not pick.ready,
        row=3,
    )


def block_choice(section: Section, pick: Pick, say: Texts, course: Course) -> list[Part]:
    """Return the select of blocks, a page of it, where the kind chosen has one."""
    kind = pick.kind
    options = _block_options(section, kind, say) if kind is not None and kind is not Kind.GENERAL else []
    if kind is None or not options:
        return []
    page = min(pick.page, (len(options) - 1) // PAGE)  # the text may be shorter than when the button was drawn
    select = Select(
        custom_id=course.press("block", *pick.encode()), placeholder=say(f"propose.block.{kind.value}"), row=1
    )
    for value, label in options[page * PAGE : (page + 1) * PAGE]:
        select.add_option(label=label, value=value, default=value == pick.block)
    return [select, *turners(course.press("blocks", *pick.encode()), page, len(options), say, row=2)]


def _block_options(section: Section, kind: Kind, say: Texts) -> list[tuple[str, str]]:
    options = [
        (str(stored.block_id), short(label_of(stored, say, after=kind is Kind.INSERT)))
        for stored in section.blocks
        if not closed(kind, stored)
    ]
    return [(END, say("propose.at_end")), *options] if kind is Kind.INSERT else options


def label_of(stored: StoredBlock, say: Texts, *, after: bool) -> str:
    """Return a block as people know it: its kind and number, and its first words."""
    name = say(f"block.{stored.block.kind.value}", number=stored.number)
    name = say("propose.after", block=name) if after else name[:1].upper() + name[1:]
    return f"{name} · {stored.block.text}"


def turners(action: str, page: int, total: int, say: Texts, row: int = 2) -> list[Part]:
    """Return the buttons that turn pages, where there is more than one."""
    if total <= PAGE:
        return []
    last = (total - 1) // PAGE
    return [
        Button(label=say(key), custom_id=custom_id(action, target), disabled=not 0 <= target <= last, row=row)
        for key, target in (("propose.previous", page - 1), ("propose.following", page + 1))
    ]


def block_of(section: Section, pick: Pick) -> StoredBlock | None:
    """Return the chosen block as it stands now, or None where none was chosen or it is gone."""
    return next((stored for stored in section.blocks if str(stored.block_id) == pick.block), None)


def block_id_of(pick: Pick) -> BlockId | None:
    """Return the id of the chosen block, None for the end or where no block was chosen."""
    return BlockId(int(pick.block)) if pick.block.isdigit() else None


def writing_fields(
    kind: Kind, text: str, explanation: str, title: str, say: Texts, *, explained: bool = True
) -> list[ui.Item[ui.Modal]]:
    """Return the fields of a proposal, filled. `explained` says that there must be an explanation."""
    fields: list[ui.Item[ui.Modal]] = []
    if kind is not Kind.DELETE:
        fields.append(field("text", say(f"propose.text.{kind.value}"), "", text, LONGEST))
    hint = say("propose.explanation.hint")
    fields.append(field("explanation", say("propose.explanation"), hint, explanation, LONGEST, required=explained))
    fields.append(field("title", say("propose.title"), say("propose.title.hint"), title, 80, required=False))
    return fields


def field(name: str, label: str, hint: str, value: str, most: int, *, required: bool = True) -> ui.Item[ui.Modal]:
    """Return one field of a form."""
    style = discord.TextStyle.short if name in _LINES else discord.TextStyle.paragraph
    entry: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=name, style=style, default=value[:most] or None, max_length=most, required=required
    )
    return ui.Label(text=label, description=hint or None, component=entry)


def short(text: str, most: int = 100) -> str:
    """Return text as far as a select shows it."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
