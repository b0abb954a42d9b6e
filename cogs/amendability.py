"""`/programma niet-amendeerbaar`: closing a section or a block for proposals, and opening it again."""

from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.plan import Scope
from bot.mirror.render.wording import clipped
from bot.services.amendability import Amendability, Marked
from bot.services.browsing import Browsing
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction


class NotAmendable:
    """Answers the command of secretary and *beheer*."""

    def __init__(self, context: Context, browsing: Browsing, amendability: Amendability, syncing: Syncing) -> None:
        self._context = context
        self._browsing = browsing
        self._amendability = amendability
        self._syncing = syncing

    async def mark(self, interaction: Interaction, section: str, place: str, *, amendable: bool) -> None:
        """Mark what somebody named, and have its post follow."""
        programme_id = await self._context.programme(interaction)
        section_id = await self._browsing.section_named(programme_id, section)
        actor = self._context.actor(interaction)
        marked = await self._amendability.mark(actor, section_id, place, amendable=amendable)
        self._syncing.enqueue(programme_id, Scope(sections=frozenset({section_id})))
        lines = _lines(marked, self._context.say(interaction), amendable=amendable)
        await interaction.response.send_message("\n".join(lines), ephemeral=True)


def _lines(marked: Marked, say: Texts, *, amendable: bool) -> list[str]:
    name = escape_line(clipped(f"{marked.section.code} {marked.section.title}", 200))
    if marked.block is not None:
        block = say(f"block.{marked.block.block.kind.value}", number=marked.block.number)
        name = say("amendable.block", block=block, section=name)
    lines = [say("amendable.open" if amendable else "amendable.closed", name=name)]
    if marked.blocks:
        closed = [say(f"block.{each.block.kind.value}", number=each.number) for each in marked.blocks]
        lines.append(say("amendable.blocks", blocks=", ".join(closed[:25]), code=marked.section.code))
    return lines
