"""What a channel lacks of what it should be, as the fields to send. Pure; what people added to it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.mirror.observe.calls import Raw
from bot.mirror.resources import Json


def differing(wanted: Mapping[str, Json], stands: Mapping[str, Any]) -> dict[str, Json]:
    """Return the fields to send to a channel as it stands, with the tags and permissions that people added."""
    merged = {
        **wanted,
        "available_tags": _merged(stands.get("available_tags") or [], wanted.get("available_tags"), "name"),
        "permission_overwrites": _merged(_overwrites(stands), wanted.get("permission_overwrites"), "id"),
    }
    return {name: value for name, value in merged.items() if value and not _same(name, value, stands)}


def _merged(stands: Sequence[Raw], wanted: Json, by: str) -> list[Json]:
    """Return what stands with what is wanted put over it, matched by a field; the ids of what stands are kept."""
    if not isinstance(wanted, list):
        return []
    ours = {str(item[by]): item for item in wanted if isinstance(item, dict)}
    kept: list[Json] = [{**item, **ours.pop(str(item[by]), {})} for item in stands]
    return [*kept, *ours.values()]


def _overwrites(stands: Mapping[str, Any]) -> list[Raw]:
    """Return a channel's permission overwrites as they are sent: Discord answers with texts for numbers."""
    raws: list[Raw] = stands.get("permission_overwrites") or []
    return [
        {"id": raw["id"], "type": raw["type"], "allow": int(raw["allow"]), "deny": int(raw["deny"])} for raw in raws
    ]


def _same(name: str, value: Json, stands: Mapping[str, Any]) -> bool:
    return value == (_overwrites(stands) if name == "permission_overwrites" else stands.get(name))
