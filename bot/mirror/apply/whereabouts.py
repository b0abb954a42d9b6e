"""In which channel a change is made, by the name that people see."""

from bot.mirror.apply.ledger import Ledger
from bot.mirror.observed import Observed
from bot.mirror.plan import Plan
from bot.mirror.resources import CHANNELS, Key, Resource, ResourceKind


class Whereabouts:
    """Knows the channels of a plan, and those that stood before."""

    def __init__(self, ledger: Ledger, plan: Plan, observed: Observed) -> None:
        self._ledger = ledger
        self._observed = observed
        resources = [change.resource for change in plan.changes]
        self._names = {each.key: str(each.content["name"]) for each in resources if each.kind in CHANNELS}
        self._channels = {each.key: each.parent for each in resources if each.kind is ResourceKind.POST}

    def channel(self, resource: Resource) -> str:
        """Return the name of the channel that a resource is, or is in; its own title where that is not known."""
        if resource.kind in CHANNELS:
            return self._shown(resource.key) or resource.title
        post = resource.key if resource.kind is ResourceKind.POST else resource.parent
        return self._shown(self._channels.get(post or "") or post) or self._of_thread(post) or resource.title

    def _shown(self, key: Key | None) -> str | None:
        place = self._ledger.place(key)
        channel = self._observed.channels.get(place.discord_id) if place else None
        name = channel.get("name") if channel else self._names.get(key or "")
        return f"#{name}" if name else None

    def _of_thread(self, key: Key | None) -> str | None:
        place = self._ledger.place(key)
        thread = self._observed.threads.get(place.discord_id) if place else None
        channel = self._observed.channels.get(thread.parent_id) if thread else None
        return f"#{channel['name']}" if channel else None
