"""Proposing for somebody else: the secretary writes down whose proposal it is, how it came in, and their consent.

The same two steps as for a proposal of one's own. What is handed in here is no draft: it is another person's proposal.
"""

from datetime import date

from discord import ui

from bot.domain.amendments import Amendment, Kind, Origin
from bot.domain.days import day_in
from bot.domain.ids import SectionId, Snowflake
from bot.domain.people import Role
from bot.errors import Refused
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.reading import chunks
from bot.mirror.render.cards import card_key
from bot.mirror.render.wording import reference_of
from bot.services.behalf import OnBehalf, Word
from bot.services.browsing import Browsing
from bot.services.comparing import Comparing
from bot.services.ideas import Idea
from bot.services.ports import Clock
from bot.services.syncing import Syncing
from cogs.carrying import LONGEST_NAME, Carried, carried_by, embed_of
from cogs.context import Context, Interaction
from cogs.draft_panel import beside_lines, first_words
from cogs.first_step import FirstStep
from cogs.picking import Course, Pick, block_id_of, block_of, field, writing_fields
from cogs.routing import Routes, filled_in, form
from cogs.showing import send

_DAY = 10
"""Characters of a day: 2026-10-04."""
_LONGEST_DAY = 30
"""Characters of a day as people type it: donderdag 24 september 2026."""


class Behalf:
    """The conversation of proposing for another. What travels along: how it came in, which day, and which member."""

    def __init__(
        self,
        context: Context,
        browsing: Browsing,
        behalf: OnBehalf,
        comparing: Comparing,
        syncing: Syncing,
        clock: Clock,
    ) -> None:
        self._context = context
        self._browsing = browsing
        self._behalf = behalf
        self._comparing = comparing
        self._syncing = syncing
        self._clock = clock
        self._first = FirstStep(context, browsing, prefix="behalf-", carried=3, remark=self._outlook)

    def register(self, routes: Routes) -> None:
        """Answer the buttons, selects and the form of this conversation."""
        self._first.register(routes)
        routes.add("behalf-write", self._write)
        routes.add("behalf-written", self._written)

    async def start(
        self,
        interaction: Interaction,
        section_id: SectionId | None,
        carried: Carried,
        origin: Origin,
        *,
        day: str | None = None,
        member_id: int = 0,
    ) -> None:
        """Open the first step for somebody's proposal. Without a day their consent is of today."""
        self._context.actor(interaction).demand(Role.SECRETARY)
        consented = self._day(day) if day else self._today()
        travelling = origin.value, consented.isoformat(), member_id
        await self._first.open(interaction, section_id, carried=travelling, embed=embed_of(carried))

    async def _outlook(self, interaction: Interaction) -> str:
        """Refuse before anybody writes what can't be handed in now: nothing of it would be kept."""
        actor = self._context.actor(interaction)
        await self._behalf.demand_open(actor, await self._context.programme(interaction))
        return ""

    async def _write(self, interaction: Interaction, arguments: list[str]) -> None:
        self._context.actor(interaction).demand(Role.SECRETARY)
        course, picked = self._first.split(arguments)
        pick, carried = Pick.decode(picked), carried_by(interaction)
        section = await self._browsing.section(await self._context.programme(interaction), pick.section_id)
        kind, say = pick.kind or Kind.GENERAL, self._context.say(interaction)
        text, explanation = first_words(kind, block_of(section, pick), carried.words)
        fields = [
            *writing_fields(kind, text, explanation, "", say, explained=False),
            *_whose(carried.name, str(course.carried[1]), say),
        ]
        title = say("propose.modal", code=section.code, title=section.title)
        await interaction.response.send_modal(form(title, course.press("written", *pick.encode()[:3]), *fields))

    async def _written(self, interaction: Interaction, arguments: list[str]) -> None:
        """Hand it in. Whatever goes wrong, the interaction's edge gives the typed text back."""
        course, picked = self._first.split(arguments)
        pick, typed = Pick.decode([*picked, "0"]), filled_in(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        idea = Idea(
            pick.section_id,
            pick.kind or Kind.GENERAL,
            block_id_of(pick),
            typed.get("text", ""),
            typed.get("explanation", ""),
            typed.get("title", ""),
        )
        word, actor = self._word(course, typed), self._context.actor(interaction)
        await self._done(interaction, await self._behalf.propose(actor, idea, word, Snowflake(interaction.id)))

    async def _done(self, interaction: Interaction, amendment: Amendment) -> None:
        """Say what came of it, and which amendments it touches."""
        self._syncing.cards_changed(await self._context.programme(interaction), amendment.section_id)
        say, beside = self._context.say(interaction), await self._comparing.beside(amendment.amendment_id)
        done = say("behalf.done", reference=reference_of(amendment, say), name=escape_line(amendment.proposer or ""))
        lines = [done, *beside_lines(beside, lambda other: self._syncing.link(card_key(other)), say)]
        await send(interaction, chunks(lines, 2000))

    def _word(self, course: Course, typed: dict[str, str]) -> Word:
        origin, _, member_id = (str(each) for each in course.carried)
        member = Snowflake(int(member_id)) if member_id != "0" else None
        return Word(typed.get("name", ""), Origin(origin), self._day(typed.get("day", "")), member)

    def _day(self, typed: str) -> date:
        day = day_in(typed, self._today(), past=True)
        if day is None:
            raise Refused("refused.no_day", words=typed[:20])
        if day > self._today():
            raise Refused("refused.day_ahead")
        return day

    def _today(self) -> date:
        return date.fromisoformat(self._clock()[:_DAY])


def _whose(name: str, day: str, say: Texts) -> list[ui.Item[ui.Modal]]:
    """Return the fields that say whose proposal it is, and when they consented."""
    return [
        field("name", say("behalf.name"), say("behalf.name.hint"), name, LONGEST_NAME),
        field("day", say("behalf.day"), say("behalf.day.hint"), day, _LONGEST_DAY),
    ]
