"""Suggestions while somebody types: sections, chapters, amendments, names of people, and what can be linked."""

from discord import app_commands

from bot.domain.ids import ProgrammeId
from bot.errors import ProgrammabrugError
from bot.services.linkable import Linkables
from bot.services.suggesting import Suggesting
from cogs.context import Context, Interaction

MOST = 25
"""Suggestions in one answer; Discord allows no more."""
_LABEL = 100


class Completing:
    """Answers autocomplete. It never fails: where nothing can be suggested, nothing is."""

    def __init__(self, context: Context, suggesting: Suggesting, linkables: Linkables) -> None:
        self._context = context
        self._suggesting = suggesting
        self._linkables = linkables

    async def sections(
        self, interaction: Interaction, typed: str, *, to_propose: bool = False
    ) -> list[app_commands.Choice[str]]:
        """Suggest sections, all or those about which something can be proposed."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        lines = await self._suggesting.sections(programme_id, typed, MOST, to_propose=to_propose)
        return [choice(f"{line.code} {line.title}", line.code) for line in lines]

    async def chapters(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest chapters."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        found = await self._suggesting.chapters(programme_id, typed, MOST)
        return [choice(f"{code} {title}", code) for code, title in found]

    async def amendments(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest amendments that this person may see."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        found = await self._suggesting.amendments(self._context.actor(interaction), programme_id, typed, MOST)
        return [choice(f"{each.reference} {each.title}", each.reference) for each in found]

    async def proposers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest the names of people who proposed something."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        return [choice(name, name) for name in await self._suggesting.proposers(programme_id, typed, MOST)]

    async def authors(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest the names of people who wrote on the forum."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        return [choice(name, name) for name in await self._suggesting.authors(programme_id, typed, MOST)]

    async def linkable(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest replies and amendments to the secretary, what waits for a look first."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        say = self._context.say(interaction)
        found = await self._linkables.suggest(self._context.actor(interaction), programme_id, typed, MOST)
        return [
            choice(say("link.suggested", words=each.words) if each.flagged else each.words, each.value)
            for each in found
        ]

    async def _programme(self, interaction: Interaction) -> ProgrammeId | None:
        try:
            return await self._context.programme(interaction)
        except ProgrammabrugError:
            return None


def choice(label: str, value: str) -> app_commands.Choice[str]:
    """Return a suggestion, its label cut to what Discord allows."""
    short = label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"
    return app_commands.Choice(name=short, value=value[:_LABEL])
