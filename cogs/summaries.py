"""`/samenvatting`: what was proposed and decided, for a section, a chapter or everything, to one person."""

from collections.abc import Sequence

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.domain.ids import Snowflake
from bot.domain.programme import Chapter, Programme, Section
from bot.errors import NotFound
from bot.locales import Texts
from bot.mirror.reading import summary_of_section
from bot.mirror.render.cards import card_key
from bot.services.browsing import Browsing
from bot.services.syncing import Syncing
from cogs.completing import Completing
from cogs.context import Context, Interaction

_LIMIT = 2000
_MOST = 5
"""Messages in one answer; more is a flood on a phone, and the rest is a command away."""


@app_commands.guild_only()
class Summaries(
    commands.GroupCog,
    group_name=_("samenvatting"),
    group_description=_("Wat er is voorgesteld en besloten"),
):
    """The command that sums up."""

    def __init__(self, context: Context, browsing: Browsing, syncing: Syncing, completing: Completing) -> None:
        self._context = context
        self._browsing = browsing
        self._syncing = syncing
        self._completing = completing

    @app_commands.command(name=_("tonen"), description=_("De voorstellen bij een paragraaf, een hoofdstuk of alles"))
    @app_commands.rename(section=_("paragraaf"), chapter=_("hoofdstuk"), everything=_("alles"))
    @app_commands.describe(
        section=_("Van deze paragraaf"), chapter=_("Van dit hoofdstuk"), everything=_("Van het hele programma")
    )
    async def show(
        self,
        interaction: Interaction,
        section: str | None = None,
        chapter: str | None = None,
        everything: bool = False,
    ) -> None:
        """Sum up what was asked; without a choice the section one stands in, else everything."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        programme = await self._browsing.programme(await self._context.programme(interaction))
        say = self._context.say(interaction)
        if everything:
            texts = self._whole(programme, say)
        elif chapter:
            texts = self._sections(chapter_named(programme, chapter), say)
        else:
            texts = await self._one(interaction, programme, section, say)
        for text in texts[:_MOST]:
            await interaction.followup.send(text, ephemeral=True)
        if len(texts) > _MOST:
            await interaction.followup.send(say("summary.narrow"), ephemeral=True)

    @show.autocomplete("section")
    async def _sections_fitting(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.sections(interaction, typed)

    @show.autocomplete("chapter")
    async def _chapters_fitting(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._completing.chapters(interaction, typed)

    async def _one(
        self, interaction: Interaction, programme: Programme, words: str | None, say: Texts
    ) -> Sequence[str]:
        if words:
            section_id = await self._browsing.section_named(programme.programme_id, words)
        else:
            here = Snowflake(interaction.channel_id or 0)
            section_id = await self._browsing.section_of_thread(programme.programme_id, here)
        if section_id is None:
            return self._whole(programme, say)
        return self._sections([section for _, section in programme.sections() if section.section_id == section_id], say)

    def _whole(self, programme: Programme, say: Texts) -> Sequence[str]:
        """Everything is: the sections about which something was proposed."""
        touched = [section for _, section in programme.sections() if any(one.public for one in section.amendments)]
        return self._sections(touched, say) if touched else [say("summary.nothing")]

    def _sections(self, sections: Sequence[Section], say: Texts) -> Sequence[str]:
        texts: list[str] = []
        for section in sections:
            for text in summary_of_section(
                section, say, lambda amendment: self._syncing.link(card_key(amendment)), _LIMIT
            ):
                if texts and len(texts[-1]) + len(text) + 2 <= _LIMIT:
                    texts[-1] += f"\n\n{text}"
                else:
                    texts.append(text)
        return texts or [say("summary.nothing")]


def chapter_named(programme: Programme, words: str) -> Sequence[Section]:
    """Return the sections of the chapter somebody means: by its code, or by words of its title.

    What is not on the forum any more is among them only where something was proposed about it.
    """
    chapter = _chapter_meant(programme, words.casefold().strip())
    if chapter is None:
        raise NotFound("refused.no_chapter", words=words[:60])
    return [each for each in chapter.sections if each.standing or any(one.public for one in each.amendments)]


def _chapter_meant(programme: Programme, typed: str) -> Chapter | None:
    for chapter in programme.chapters:
        if typed == chapter.code:
            return chapter
    for chapter in programme.standing:
        if typed in {chapter.title.casefold(), f"{chapter.code} {chapter.title}".casefold()}:
            return chapter
    for beginning in ("", " "):  # of the title, else of a word in it
        for chapter in programme.standing:
            title = chapter.title.casefold()
            if title.startswith(typed) if not beginning else f"{beginning}{typed}" in title:
                return chapter
    return None
