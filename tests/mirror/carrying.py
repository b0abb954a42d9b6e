"""A plan carried out on values alone: what is known after it, with made-up ids."""

from dataclasses import replace

from bot.domain.ids import Snowflake
from bot.mirror.links import Place, Places
from bot.mirror.plan import Action, Plan
from bot.mirror.resources import Key, Known, PostDigest, ResourceKind, content_digest
from tests.mirror.values import GUILD


def carried_out(of: Plan, known: dict[Key, Known]) -> dict[Key, Known]:
    """Return what is known after a plan."""
    after = dict(known)
    places = Places(GUILD, dict(of.places.by_key))
    for number, change in enumerate(of.changes, start=len(known) + 1):
        resource = change.resource
        standing = places.by_key.get(resource.key)
        parent = places.by_key.get(resource.parent) if resource.parent else None
        is_message = resource.kind is ResourceKind.MESSAGE
        place = standing or Place(Snowflake(number), parent.discord_id if parent and is_message else None)
        places.by_key[resource.key] = place
        digest = content_digest(places.linked(resource.content))
        if change.action is Action.ARCHIVE:
            digest = str(replace(PostDigest.parse(digest), archived=resource.archived))
        row = after.get(resource.key)
        after[resource.key] = Known(
            resource.key,
            resource.kind,
            row.parent if row else resource.parent,
            place.discord_id,
            digest,
            Snowflake(0),
            change.action is Action.PIN or bool(row and row.pinned),
            resource.layout,
        )
    return after
