"""What a member does with their own draft: look at it beside what others proposed, file it, rewrite it, keep it.

Or support what is there already instead. Whatever is refused here, the draft stays, and `/amendement concepten` opens
it again.
"""

from discord import ui
from discord.utils import MISSING

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, Snowflake
from bot.errors import UserError
from bot.mirror.render.cards import card_key
from bot.services.amending import Amending, DraftView
from bot.services.browsing import Browsing
from bot.services.changing import Changing
from bot.services.ideas import Idea
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.draft_panel import discarding, draft_buttons, draft_list, draft_texts, rewriting
from cogs.edge import answer_error, promised, redraw
from cogs.routing import Routes, chosen, filled_in
from cogs.showing import Showing, send

_MANY = 500


class Drafts:
    """The panel of a draft, and the list of them."""

    def __init__(
        self,
        context: Context,
        browsing: Browsing,
        amending: Amending,
        changing: Changing,
        showing: Showing,
        syncing: Syncing,
    ) -> None:
        self._context = context
        self._browsing = browsing
        self._amending = amending
        self._changing = changing
        self._showing = showing
        self._syncing = syncing

    def register(self, routes: Routes) -> None:
        """Answer the buttons of a draft, and the select that opens one."""
        routes.add("file", self._file)
        routes.add("rewrite", self._rewrite)
        routes.add("rewritten", self._rewritten)
        routes.add("keep", self._keep)
        routes.add("rather", self._rather)
        routes.add("discard", self._discard)
        routes.add("discarded", self._discarded)
        routes.add("drafts", self._opened)
        routes.add("draftpage", self._turned)

    async def show(self, interaction: Interaction, view: DraftView) -> None:
        """Show somebody what they are about to propose, what touches the same text, and what says nearly the same."""
        await send(interaction, *self.drawn(interaction, view))

    def drawn(self, interaction: Interaction, view: DraftView) -> tuple[list[str], ui.View]:
        """Return what is shown of a draft."""
        say = self._context.say(interaction)
        return draft_texts(view, self._link, say), draft_buttons(view, say)

    def _link(self, other: Amendment) -> str | None:
        return self._syncing.link(card_key(other))

    async def overview(self, interaction: Interaction) -> None:
        """List one's own drafts."""
        content, view = draft_list(*await self._own(interaction), 0, self._context.say(interaction))
        await interaction.response.send_message(content, view=view, ephemeral=True)

    async def _turned(self, interaction: Interaction, arguments: list[str]) -> None:
        content, view = draft_list(*await self._own(interaction), int(arguments[0]), self._context.say(interaction))
        await interaction.response.edit_message(content=content, view=view)

    async def _own(self, interaction: Interaction) -> tuple[list[Amendment], dict[int, str]]:
        programme_id = await self._context.programme(interaction)
        drafts = await self._amending.drafts(self._context.actor(interaction), programme_id, _MANY)
        lines = await self._browsing.outline(programme_id) if drafts else ()
        return [*drafts], {line.section_id: line.code for line in lines}

    async def _opened(self, interaction: Interaction, arguments: list[str]) -> None:
        del arguments
        actor = self._context.actor(interaction)
        await self.show(interaction, await self._amending.own_draft(actor, AmendmentId(int(chosen(interaction)))))

    async def _file(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        actor, amendment_id = self._context.actor(interaction), AmendmentId(int(arguments[0]))
        try:
            view = await self._amending.file(actor, amendment_id, Snowflake(interaction.id))
        except UserError as error:
            await answer_error(self._context, interaction, error, await self._words(interaction, amendment_id))
            return
        await self._showing.filed(interaction, view)

    async def _words(self, interaction: Interaction, amendment_id: AmendmentId) -> str:
        """Return the words of one's own draft, to be given back with a refusal; none of anybody else's."""
        try:
            view = await self._amending.own_draft(self._context.actor(interaction), amendment_id)
        except UserError:
            return ""
        return "\n\n".join(filter(None, (view.amendment.text, view.amendment.explanation)))

    async def _rewrite(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._amending.own_draft(self._context.actor(interaction), AmendmentId(int(arguments[0])))
        await interaction.response.send_modal(rewriting(view.amendment, view.section, self._context.say(interaction)))

    async def _rewritten(self, interaction: Interaction, arguments: list[str]) -> None:
        """Keep the new words. Whatever goes wrong, the interaction's edge gives them back."""
        typed, actor, amendment_id = filled_in(interaction), self._context.actor(interaction), int(arguments[0])
        before = (await self._amending.read(actor, AmendmentId(amendment_id))).amendment
        idea = Idea(
            before.section_id,
            before.kind,
            before.anchor.block_id if before.anchor else None,
            typed.get("text", ""),
            typed.get("explanation", ""),
            typed.get("title", ""),
        )
        work = self._amending.redraft(actor, before.amendment_id, idea, Snowflake(interaction.id))
        view = await promised(interaction, work, anew=False)
        await redraw(interaction, view=None)  # what stands there is no longer what is filed
        await self.show(interaction, view)

    async def _keep(self, interaction: Interaction, arguments: list[str]) -> None:
        view = await self._amending.own_draft(self._context.actor(interaction), AmendmentId(int(arguments[0])))
        say = self._context.say(interaction)
        kept = say("drafts.kept", code=view.section.code)
        await interaction.response.edit_message(content=kept, view=None)

    async def _rather(self, interaction: Interaction, arguments: list[str]) -> None:
        """Support another amendment instead. One's own stays a draft until one throws it away."""
        draft_id, other_id = (AmendmentId(int(each)) for each in arguments)
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        draft = (await self._amending.own_draft(actor, draft_id)).amendment
        work = self._amending.support(actor, other_id, Snowflake(interaction.id))
        other, new = await promised(interaction, work, anew=False)
        if new:
            self._syncing.count_changed(await self._context.programme(interaction), other)
        key = "support.counted" if new else "support.already"
        sentence = say.count(key, other.support, reference=other.reference)
        await redraw(interaction, content=f"{sentence}\n{say('drafts.rather_kept')}", view=discarding(draft, say))

    async def _discard(self, interaction: Interaction, arguments: list[str]) -> None:
        """Ask once more, over the draft itself where that is all in the message whose button was pressed."""
        view = await self._amending.own_draft(self._context.actor(interaction), AmendmentId(int(arguments[0])))
        say = self._context.say(interaction)
        texts = draft_texts(view, self._link, say, head=say("drafts.discard.ask"))
        content = texts[0] if len(texts) == 1 else MISSING
        await interaction.response.edit_message(content=content, view=discarding(view.amendment, say))

    async def _discarded(self, interaction: Interaction, arguments: list[str]) -> None:
        actor, amendment_id = self._context.actor(interaction), AmendmentId(int(arguments[0]))
        await self._amending.own_draft(actor, amendment_id)
        work = self._changing.withdraw(actor, amendment_id, Snowflake(interaction.id))
        await promised(interaction, work, anew=False)
        await redraw(interaction, content=self._context.say(interaction)("drafts.gone"), view=None)
