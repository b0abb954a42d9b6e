"""A guild's state, and who may do what in it. Holds no messages and knows no requests."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.sandbox import permissions
from bot.sandbox.kinds import THREADS, ChannelType
from bot.sandbox.permissions import Permissions
from bot.sandbox.refusals import Code, refuse
from bot.sandbox.wire import Json, rows, strings


@dataclass
class Guild:
    """One guild: its settings, roles, members, channels and threads, in Discord's own shapes, by id."""

    id: str
    settings: Json
    roles: dict[str, Json] = field(default_factory=dict[str, Json])
    members: dict[str, Json] = field(default_factory=dict[str, Json])
    channels: dict[str, Json] = field(default_factory=dict[str, Json])
    threads: dict[str, Json] = field(default_factory=dict[str, Json])

    def place(self, channel_id: str) -> Json:
        """Find a channel or thread; 10003 where there is none."""
        found = self.channels.get(channel_id) or self.threads.get(channel_id)
        if found is None:
            raise refuse(Code.UNKNOWN_CHANNEL)
        return found

    def role_ids(self, user_id: str) -> list[str]:
        """List a member's roles, everybody's included."""
        return [self.id, *strings(self.members.get(user_id, {}), "roles")]

    def granted(self, user_id: str) -> Permissions:
        """Add up what somebody may do in the guild as a whole."""
        if user_id == self.settings["owner_id"]:
            return permissions.ALL
        if user_id not in self.members:
            return Permissions(0)
        return permissions.of_roles(self.roles[role] for role in self.role_ids(user_id) if role in self.roles)

    def granted_in(self, user_id: str, place: Json) -> Permissions:
        """Add up what somebody may do in a channel; a thread goes by its channel."""
        base = self.granted(user_id)
        if not base or base == permissions.ALL:
            return base
        channel = self.channels.get(str(place.get("parent_id"))) if place["type"] in THREADS else place
        overwrites: Iterable[Json] = rows(channel or {}, "permission_overwrites")
        return permissions.with_overwrites(
            base, overwrites, everyone=self.id, role_ids=self.role_ids(user_id), user_id=user_id
        )

    def active_threads(self) -> list[Json]:
        """List the threads that are not archived, oldest first."""
        return [thread for thread in self.threads.values() if not thread["thread_metadata"]["archived"]]

    def in_category(self, category_id: str) -> int:
        """Count the channels of a category."""
        return sum(
            channel.get("parent_id") == category_id
            for channel in self.channels.values()
            if channel["type"] != ChannelType.GUILD_CATEGORY
        )
