"""What Discord would not have, as a sentence: which permission is missing, in which channel, and what to do.

Which permission it is Discord doesn't say, so it is looked up when something is first refused for want of one.
"""

from typing import Final

from bot.domain.ids import Snowflake
from bot.errors import DiscordRefused
from bot.mirror.apply.ledger import Ledger
from bot.mirror.change import MAKING, Action, Change
from bot.mirror.observe.barring import Bars
from bot.mirror.observe.calls import lacks_permission, refusal
from bot.mirror.observed import Observed
from bot.mirror.permissions import Permission
from bot.mirror.plan import Plan
from bot.mirror.resources import CHANNELS, GUILD, ResourceKind

_CHANNEL: Final = (
    Permission.MANAGE_CHANNELS,
    Permission.MANAGE_ROLES,
    # What the channel's overwrites hand out: nobody hands out what they lack.
    Permission.SEND_MESSAGES,
    Permission.SEND_MESSAGES_IN_THREADS,
)


class Refusals:
    """Names what is missing, once, and knows in which channels something was: there nothing more is tried in this run.

    What the guild as a whole lacks is said once, in however many channels it was refused.
    """

    def __init__(self, bars: Bars, ledger: Ledger, plan: Plan, observed: Observed) -> None:
        self._bars = bars
        self._ledger = ledger
        self._observed = observed
        posts = (each.resource for each in plan.changes if each.resource.kind is ResourceKind.POST)
        self._homes = {post.key: post.parent for post in posts}
        self._shut = set[Snowflake]()
        self._said = set[str]()

    def shut(self, change: Change) -> bool:
        """Tell whether a change would only be refused like one before it."""
        return self._channel_of(change) in self._shut

    async def sentence(self, change: Change, error: Exception) -> DiscordRefused | None:
        """Return what was refused, as what to do about it; None where that was said already."""
        wanted = _wanted(change)
        if not lacks_permission(error):
            return refusal(error, change.resource.title, wanted[0])
        channel_id = self._channel_of(change)
        if channel_id is not None:
            if channel_id in self._shut:
                return None
            self._shut.add(channel_id)
        found = await self._bars.sentence(channel_id, wanted, change.resource.title)
        if str(found) in self._said:
            return None
        self._said.add(str(found))
        return found

    def _channel_of(self, change: Change) -> Snowflake | None:
        """Return the channel that a change takes place in; None for one that is only to be made."""
        resource = change.resource
        if resource.kind in CHANNELS:
            place = self._ledger.place(resource.key)
            return place.discord_id if place and change.action not in MAKING else None
        parent = self._homes.get(resource.parent or GUILD, resource.parent)
        place = self._ledger.place(parent)
        if place is None:
            return None
        thread = self._observed.threads.get(place.discord_id)
        return thread.parent_id if thread else place.discord_id


def _wanted(change: Change) -> tuple[Permission, ...]:
    """Return the permissions without which a change like this is refused, the likeliest first."""
    if change.action is Action.PIN and change.resource.kind is ResourceKind.POST:
        special = (Permission.MANAGE_THREADS, Permission.PIN_MESSAGES)
    elif change.action is Action.PIN:
        special = (Permission.PIN_MESSAGES, Permission.READ_MESSAGE_HISTORY)
    elif change.resource.kind in CHANNELS:
        special = _CHANNEL
    elif change.action in MAKING and change.resource.kind is ResourceKind.POST:
        special = (Permission.SEND_MESSAGES, Permission.CREATE_PUBLIC_THREADS)
    elif change.action in MAKING:
        special = (Permission.SEND_MESSAGES_IN_THREADS, Permission.SEND_MESSAGES)
    else:
        special = (Permission.MANAGE_THREADS, Permission.SEND_MESSAGES_IN_THREADS)
    return (*special, Permission.READ_MESSAGE_HISTORY)
