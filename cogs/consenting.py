"""Answers of people who were asked: to be co-proposer, or to let amendments be merged.

Each is a button that can be pressed wherever it was drawn; the services judge whose word it is.
"""

from bot.domain.ids import AmendmentId
from bot.services.changing import Changing
from bot.services.merging import Merging
from cogs.acts import Acts
from cogs.context import Context, Interaction
from cogs.deeds_done import Done, merging
from cogs.routing import Routes


class Consenting:
    """The buttons of invitations and mergings."""

    def __init__(self, context: Context, changing: Changing, merging_: Merging, acts: Acts) -> None:
        self._context = context
        self._changing = changing
        self._merging = merging_
        self._acts = acts

    def register(self, routes: Routes) -> None:
        """Answer the buttons."""
        routes.add("invited", self._invited)
        routes.add("merge", self._merge)

    async def _invited(self, interaction: Interaction, arguments: list[str]) -> None:
        number, word = arguments
        await interaction.response.defer(ephemeral=True, thinking=True)
        actor = self._context.actor(interaction)
        amendment, _ = await self._changing.answer_invitation(actor, int(number), consent=word == "yes")
        await self._acts.tell(interaction, Done(amendment, f"act.joined.{word}"))

    async def _merge(self, interaction: Interaction, arguments: list[str]) -> None:
        number, word = AmendmentId(int(arguments[0])), arguments[1]
        await interaction.response.defer(ephemeral=True, thinking=True)
        actor = self._context.actor(interaction)
        if word == "no":
            await self._acts.tell(interaction, Done(await self._merging.refuse(actor, number), "act.merge.refused"))
            return
        if word == "yes":
            state = await self._merging.consent(actor, number)
        else:
            state = await self._merging.record_consent(actor, number, int(word))
        await self._acts.tell(interaction, merging(state))
