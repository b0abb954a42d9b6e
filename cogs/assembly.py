"""`/vergadering`: the order of treatment, the next amendment, undoing a decision, and the end.

What the hall sees is the mirror's to show; here stand the commands and the presses below it. How the meeting is ended
and a decision undone is in `assembly_end`.
"""

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId
from bot.errors import NotFound
from bot.mirror.plan import LISTS, PROCEEDINGS, Scope
from bot.mirror.render.hall import AT_ONCE
from bot.mirror.render.wording import reference_of
from bot.services.meeting import MeetingLead
from bot.services.projecting import Projecting
from bot.services.syncing import Syncing
from cogs.acts import Acts
from cogs.assembly_end import AssemblyEnd
from cogs.completing import Completing
from cogs.context import Context, Interaction
from cogs.routing import Routes


@app_commands.guild_only()
class Assembly(
    commands.GroupCog,
    group_name=_("vergadering"),
    group_description=_("De vergadering leiden"),
):
    """What the chair does in the hall."""

    def __init__(
        self,
        context: Context,
        lead: MeetingLead,
        projecting: Projecting,
        syncing: Syncing,
        acts: Acts,
        end: AssemblyEnd,
        completing: Completing,
    ) -> None:
        self._context = context
        self._lead = lead
        self._projecting = projecting
        self._syncing = syncing
        self._acts = acts
        self._end = end
        self._completing = completing

    def register(self, routes: Routes) -> None:
        """Answer the buttons in the hall's channel."""
        routes.add("hall", self._decided)
        routes.add("hall-count", self._count)
        routes.add("hall-hammer", self._hammer)
        routes.add("hall-next", self._next)
        self._end.register(routes)

    @app_commands.command(name=_("volgorde"), description=_("De hamerlijst en de volgorde van behandeling maken"))
    async def order(self, interaction: Interaction) -> None:
        """Build the order of treatment; doing it again takes in what changed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        standing = await self._lead.order(self._context.actor(interaction), programme_id)
        self._syncing.enqueue(programme_id, LISTS)
        say = self._context.say(interaction)
        sentence = say("assembly.ordered", hammer=len(standing.hammer), rest=len(standing.rest))
        await interaction.followup.send(sentence, ephemeral=True)

    @app_commands.command(name=_("volgende"), description=_("Het volgende amendement groot in beeld brengen"))
    @app_commands.rename(reference=_("verwijzing"))
    @app_commands.describe(reference=_("Juist dit amendement, buiten de volgorde om"))
    async def show_next(self, interaction: Interaction, reference: str = "") -> None:
        """Show the next amendment in the hall's channel."""
        await self._show(interaction, reference)

    @app_commands.command(name=_("herstellen"), description=_("Het laatste besluit terugdraaien, met een reden"))
    async def undo(self, interaction: Interaction) -> None:
        """Show the last decision, to be undone."""
        await self._end.ask_undo(interaction)

    @app_commands.command(
        name=_("vaststellen"), description=_("Het hele programma vaststellen en de vergadering sluiten")
    )
    async def adopt(self, interaction: Interaction) -> None:
        """Show what is adopted, to be confirmed."""
        await self._end.ask_adopt(interaction)

    @show_next.autocomplete("reference")
    async def _references(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.amendments(interaction, typed)

    async def _next(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        await self._show(interaction, "")

    async def _show(self, interaction: Interaction, reference: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        shown = await self._projecting.next(self._context.actor(interaction), programme_id, reference)
        self._syncing.enqueue(programme_id, LISTS)
        say = self._context.say(interaction)
        lines = [say("assembly.shown", reference=reference_of(shown.amendment, say))]
        lines += [say.count("assembly.hammer_left", shown.hammer)] if shown.hammer else []
        lines.append(say("assembly.rest_left", n=shown.rest))
        await interaction.followup.send("\n".join(lines), ephemeral=True)

    async def _decided(self, interaction: Interaction, arguments: list[str]) -> None:
        deed, number = Deed(arguments[0]), AmendmentId(int(arguments[1]))
        if deed not in AT_ONCE:
            raise NotFound("refused.outdated")
        await self._acts.decide_at_once(interaction, deed, number)

    async def _count(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._acts.decide(interaction, AmendmentId(int(arguments[0])))

    async def _hammer(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme_id = await self._context.programme(interaction)
        decided, left = await self._lead.hammer(self._context.actor(interaction), programme_id)
        sections = frozenset(each.section_id for each in decided)
        self._syncing.enqueue(programme_id, Scope(PROCEEDINGS, sections))
        say = self._context.say(interaction)
        lines = [say.count("assembly.hammered", len(decided))]
        if left:
            names = ", ".join(reference_of(each, say) for each in left[:25])
            lines.append(say("assembly.to_discuss", references=names))
        await interaction.followup.send("\n".join(lines), ephemeral=True)
