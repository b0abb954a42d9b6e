"""Suggestions while somebody types: sections by code or words, amendments by reference or title, what to link."""

from collections.abc import Sequence

from discord import app_commands

from bot.domain.amendments import Amendment
from bot.domain.ids import ProgrammeId
from bot.errors import ProgrammabrugError
from bot.services.amending import Amending
from bot.services.browsing import Browsing, match_sections
from bot.services.linkable import Linkables
from bot.services.ports import AmendmentFilter
from cogs.context import Context, Interaction

MOST = 25
"""Suggestions in one answer; Discord allows no more."""
_LABEL = 100
_SEARCHED = 500


class Completing:
    """Answers autocomplete. It never fails: where nothing can be suggested, nothing is."""

    def __init__(self, context: Context, browsing: Browsing, amending: Amending, linkables: Linkables) -> None:
        self._context = context
        self._browsing = browsing
        self._amending = amending
        self._linkables = linkables

    async def sections(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest sections."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        lines = match_sections(await self._browsing.outline(programme_id), typed)
        return [choice(f"{line.code} {line.title}", line.code) for line in lines[:MOST]]

    async def chapters(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest chapters."""
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        lines = await self._browsing.outline(programme_id)
        chapters = {line.chapter_code: line.chapter_title for line in lines}
        return [
            choice(f"{code} {title}", code)
            for code, title in chapters.items()
            if typed.casefold() in f"{code} {title}".casefold()
        ][:MOST]

    async def amendments(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest amendments that members may see."""
        rows = await self._visible(interaction)
        wanted = typed.casefold().strip()
        return [
            choice(f"{row.reference} {row.title}", str(row.reference))
            for row in rows
            if wanted in f"{row.reference} {row.title}".casefold()
        ][:MOST]

    async def proposers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Suggest the names of those who proposed something."""
        names = dict.fromkeys(row.proposer for row in await self._visible(interaction) if row.proposer)
        return [choice(name, name) for name in names if typed.casefold() in name.casefold()][:MOST]

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

    async def _visible(self, interaction: Interaction) -> Sequence[Amendment]:
        programme_id = await self._programme(interaction)
        if programme_id is None:
            return []
        rows, _ = await self._amending.page(programme_id, AmendmentFilter(), after=None, size=_SEARCHED)
        return rows

    async def _programme(self, interaction: Interaction) -> ProgrammeId | None:
        try:
            return await self._context.programme(interaction)
        except ProgrammabrugError:
            return None


def choice(label: str, value: str) -> app_commands.Choice[str]:
    """Return a suggestion, its label cut to what Discord allows."""
    short = label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"
    return app_commands.Choice(name=short, value=value[:_LABEL])
