"""Publishing the advice of a chapter, or all of it: first what would be published, then one press."""

from collections.abc import Sequence
from zlib import crc32

import discord
from discord import ui

from bot.domain.amendments import Amendment
from bot.domain.ids import ChapterId
from bot.locales import Texts
from bot.mirror.reading import chunks
from bot.mirror.render.wording import reference_of, title_of
from bot.services.advising import Advising
from bot.services.decision_rows import AdviceDraft
from bot.services.dossiers import Dossiers
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id

Drafts = Sequence[tuple[Amendment, AdviceDraft]]

_LIMIT = 1800
"""Characters of a list of advice, so that a sentence fits above it."""


class AdvicePublishing:
    """The command, the button under an amendment, and the button that publishes."""

    def __init__(self, context: Context, dossiers: Dossiers, advising: Advising, syncing: Syncing) -> None:
        self._context = context
        self._dossiers = dossiers
        self._advising = advising
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the buttons."""
        routes.add("advice", self._asked)
        routes.add("publish", self._publish)

    async def start(self, interaction: Interaction, chapter: str | None) -> None:
        """Show what would be published, in the chapter that somebody named or everywhere."""
        programme_id = await self._context.programme(interaction)
        chapter_id = await self._dossiers.chapter(programme_id, chapter) if chapter else None
        await self._show(interaction, chapter_id)

    async def _asked(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._show(interaction, ChapterId(int(arguments[0])))

    async def _show(self, interaction: Interaction, chapter_id: ChapterId | None, before: str = "") -> None:
        programme_id = await self._context.programme(interaction)
        found = await self._dossiers.drafts(self._context.actor(interaction), programme_id, chapter_id)
        text, view = advice_panel(found, chapter_id, self._context.say(interaction))
        await interaction.response.send_message(f"{before}\n{text}".strip(), view=view, ephemeral=True)

    async def _publish(self, interaction: Interaction, arguments: list[str]) -> None:
        chapter_id = ChapterId(int(arguments[0])) if arguments[0] != "0" else None
        actor, programme_id = self._context.actor(interaction), await self._context.programme(interaction)
        say = self._context.say(interaction)
        found = await self._dossiers.drafts(actor, programme_id, chapter_id)
        if found and digest_of(found) != arguments[1]:
            await self._show(interaction, chapter_id, say("advice.stale"))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        published = await self._advising.publish(actor, programme_id, chapter_id)
        for section_id in dict.fromkeys(each.section_id for each in published):
            self._syncing.cards_changed(programme_id, section_id)
        await interaction.followup.send(say.count("advice.published", len(published)), ephemeral=True)


def advice_panel(found: Drafts, chapter_id: ChapterId | None, say: Texts) -> tuple[str, ui.View]:
    """Return what would be published, with the button that does it."""
    if not found:
        return say("refused.no_advice_drafts"), face()
    lines = [
        f"- **{reference_of(amendment, say)}** {title_of(amendment)}: {say(f'advice.{draft.advice.value}')}"
        for amendment, draft in found
    ]
    shown, *more = chunks(lines, _LIMIT)
    if more:
        shown += "\n…"
    go = Button(
        label=say("advice.publish"),
        style=discord.ButtonStyle.primary,
        custom_id=custom_id("publish", chapter_id or 0, digest_of(found)),
    )
    return f"{say.count('advice.preview', len(found))}\n{shown}", face(go)


def digest_of(found: Drafts) -> str:
    """Return what tells whether other advice would be published than was shown."""
    return f"{crc32(repr([(draft.amendment_id, draft.at) for _, draft in found]).encode()):08x}"
