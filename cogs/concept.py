"""The concept of a section, which stays to be read: `/programma concept`, and the button under an adopted text."""

from bot.domain.ids import SectionId, Snowflake
from bot.errors import NotFound
from bot.mirror.reading import chunks, concept_lines
from bot.services.adopting import Adopting
from bot.services.browsing import Browsing
from cogs.context import Context, Interaction
from cogs.routing import Routes

_LIMIT = 2000
_MOST = 5
"""Messages in one answer; more is a flood on a phone."""


class Concepts:
    """Answers who wants to read the concept."""

    def __init__(self, context: Context, browsing: Browsing, adopting: Adopting) -> None:
        self._context = context
        self._browsing = browsing
        self._adopting = adopting

    def register(self, routes: Routes) -> None:
        """Answer the button under an adopted text."""
        routes.add("concept", self._pressed)

    async def show(self, interaction: Interaction, words: str) -> None:
        """Show the concept of the section that somebody named, else of the one they stand in."""
        programme_id = await self._context.programme(interaction)
        if words:
            section_id = await self._browsing.section_named(programme_id, words)
        else:
            found = await self._browsing.section_of_thread(programme_id, Snowflake(interaction.channel_id or 0))
            if found is None:
                raise NotFound("concept.which")
            section_id = found
        await self._answer(interaction, section_id)

    async def _pressed(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._answer(interaction, SectionId(int(arguments[0])))

    async def _answer(self, interaction: Interaction, section_id: SectionId) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        say = self._context.say(interaction)
        concept = await self._adopting.concept(self._context.actor(interaction), section_id)
        lines = concept_lines(concept.section, concept.adopted, concept.left, say, _LIMIT)
        texts = chunks(lines, _LIMIT)
        for text in texts[:_MOST]:
            await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)
        if texts[_MOST:]:
            await interaction.followup.send(say.count("concept.more", len(texts) - _MOST), ephemeral=True)
