"""What a run knows and writes down: where things stand, intents before calls, ids right after."""

from dataclasses import replace

from bot.domain.ids import ProgrammeId, Snowflake
from bot.mirror.change import Action, Change
from bot.mirror.links import Place, Places
from bot.mirror.plan import Plan
from bot.mirror.resources import BOT, GUILD, Json, Key, PostDigest, Resource, ResourceKind, content_digest, moment_of
from bot.services.ports import Clock, Store, Unit


class Ledger:
    """Where everything stands while a plan is carried out, in memory and in the database alike."""

    def __init__(self, store: Store, clock: Clock, programme_id: ProgrammeId, plan: Plan, bot_id: Snowflake) -> None:
        self._store = store
        self._clock = clock
        self._programme_id = programme_id
        self._places = Places(plan.places.guild_id, dict(plan.places.by_key))
        self._bot_id = bot_id
        self._digests: dict[Key, str] = {
            change.resource.key: change.known.digest or ""
            for change in plan.changes
            if change.known and change.resource.key in plan.places.by_key
        }
        self._pinned = {change.resource.key: change.known.pinned for change in plan.changes if change.known}
        self._closing = {
            change.known.discord_id: change.resource
            for change in plan.changes
            if change.action is Action.ARCHIVE and change.known
        }

    def place(self, key: Key | None) -> Place | None:
        """Return where a resource stands, or None."""
        return self._places.by_key.get(key) if key is not None else None

    def content(self, resource: Resource) -> dict[str, Json]:
        """Return what the resource is to show, with its links."""
        return self._places.linked(resource.content)

    def digest(self, key: Key) -> str:
        """Return the digest of what the resource shows; empty where that is not known."""
        return self._digests.get(key, "")

    @property
    def ids(self) -> dict[Key, Snowflake]:
        """The bare ids of all that stands, the guild and the bot."""
        standing = {key: place.discord_id for key, place in self._places.by_key.items()}
        return {**standing, GUILD: self._places.guild_id, BOT: self._bot_id}

    @property
    def taken(self) -> frozenset[Snowflake]:
        """The ids of what is known to be ours."""
        return frozenset(self.ids.values())

    def digest_of(self, resource: Resource) -> str:
        """Return the digest of what a resource is to show now."""
        return content_digest(self.content(resource))

    async def intend(self, change: Change) -> Snowflake:
        """Write down that something is about to be made, and return since when it may stand there."""
        resource = change.resource
        moment = moment_of(self._clock())

        def work(unit: Unit) -> None:
            if change.action is Action.RECREATE:
                unit.mirror.forget(self._programme_id, resource.key)
            unit.mirror.intend(self._programme_id, resource.key, resource.kind, resource.parent, moment)

        await self._store.transact(work)
        return change.known.intended_at if change.known and change.action is Action.CREATE else moment

    async def write(self, resource: Resource, discord_id: Snowflake, *, digest: str, pinned: bool) -> None:
        """Write down what stands. The digest is empty for a find whose words are still to be brought up to date."""
        parent = self.place(resource.parent)
        channel_id = parent.discord_id if parent and resource.kind is ResourceKind.MESSAGE else None

        def work(unit: Unit) -> None:
            unit.mirror.applied(
                self._programme_id,
                resource.key,
                discord_id=discord_id,
                digest=digest,
                pinned=pinned,
                layout=resource.layout,
                words=resource.words if digest else (),
            )

        await self._store.transact(work)
        self._places.by_key[resource.key] = Place(discord_id, channel_id)
        self._digests[resource.key] = digest

    async def remove(self, key: Key) -> None:
        """Write down that people deleted a message, or the first one of a post."""
        await self._store.transact(lambda unit: unit.mirror.remove(self._programme_id, key))
        self._places.by_key.pop(key, None)

    async def forget(self, *keys: Key) -> None:
        """Write down that something stands no more."""

        def work(unit: Unit) -> None:
            for key in keys:
                unit.mirror.forget(self._programme_id, key)

        await self._store.transact(work)
        for key in keys:
            self._places.by_key.pop(key, None)

    async def reopen(self, thread_id: Snowflake) -> None:
        """Write down that a post which is to be archived again is not, before it is woken: the next pass sees to it."""
        post = self._closing.get(thread_id)
        if post is None:
            return
        stands = PostDigest.parse(self.digest(post.key))
        if not post.archived:
            stands = replace(stands, woken=True)
        if stands.archived or stands.woken:
            pinned = self._pinned.get(post.key, False)
            await self.write(post, thread_id, digest=str(replace(stands, archived=False)), pinned=pinned)
