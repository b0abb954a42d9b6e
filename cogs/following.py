"""`/amendement volgen` and its opposite. What is followed is nobody else's business, so all of it is private."""

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId
from bot.mirror.render.wording import reference_of
from bot.services.amending import Amending
from bot.services.mine import Own
from cogs.context import Context, Interaction
from cogs.edge import promised
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id
from cogs.showing import send


class Following:
    """Following an amendment by its reference, and by a button."""

    def __init__(self, context: Context, amending: Amending, own: Own) -> None:
        self._context = context
        self._amending = amending
        self._own = own

    def register(self, routes: Routes) -> None:
        """Answer the buttons."""
        routes.add("follow", self._pressed)
        routes.add("unfollow", self._unpressed)

    async def follow(self, interaction: Interaction, reference: str) -> None:
        """Follow the amendment with this reference."""
        await self._follow(interaction, (await self._meant(interaction, reference)).amendment_id)

    async def unfollow(self, interaction: Interaction, reference: str) -> None:
        """Follow the amendment with this reference no longer."""
        await self._unfollow(interaction, (await self._meant(interaction, reference)).amendment_id)

    async def _meant(self, interaction: Interaction, reference: str) -> Amendment:
        programme_id = await self._context.programme(interaction)
        return (await self._amending.find(self._context.actor(interaction), programme_id, reference)).amendment

    async def _pressed(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._follow(interaction, AmendmentId(int(arguments[0])))

    async def _unpressed(self, interaction: Interaction, arguments: list[str]) -> None:
        await self._unfollow(interaction, AmendmentId(int(arguments[0])))

    async def _follow(self, interaction: Interaction, amendment_id: AmendmentId) -> None:
        work = self._own.follow(self._context.actor(interaction), amendment_id)
        amendment, new = await promised(interaction, work)
        say = self._context.say(interaction)
        stop = Button(label=say("follow.stop"), custom_id=custom_id("unfollow", amendment_id))
        sentence = say("follow.done" if new else "follow.already", reference=reference_of(amendment, say))
        await send(interaction, [sentence], face(stop))

    async def _unfollow(self, interaction: Interaction, amendment_id: AmendmentId) -> None:
        actor, say = self._context.actor(interaction), self._context.say(interaction)
        gone = await promised(interaction, self._own.unfollow(actor, amendment_id))
        await send(interaction, [say("follow.stopped" if gone else "follow.not")])
