"""Filling in the addresses of what stands in the guild, once it is known."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.ids import Snowflake
from bot.mirror.resources import Json, Key

_MASKED: Final = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(<?\{link:([^}]+)\}>?\)")
_ID: Final = re.compile(r"\{id:([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource stands: its id, and the channel or post it stands in (None for channels and posts)."""

    discord_id: Snowflake
    channel_id: Snowflake | None = None


@dataclass(slots=True)
class Places:
    """All that stands in a guild, by key. The one value here that grows: the apply adds what it made."""

    guild_id: Snowflake
    by_key: dict[Key, Place] = field(default_factory=dict)

    def linked(self, content: Mapping[str, Json]) -> dict[str, Json]:
        """Return the content with its jump links; a link to what does not stand becomes its text."""
        return {name: self._walk(value) for name, value in content.items()}

    def link(self, key: Key) -> str | None:
        """Return the jump link of a resource, or None where it does not stand."""
        place = self.by_key.get(key)
        if place is None:
            return None
        channel = "" if place.channel_id is None else f"{place.channel_id}/"
        return f"https://discord.com/channels/{self.guild_id}/{channel}{place.discord_id}"

    def _walk(self, value: Json) -> Json:
        if isinstance(value, str):
            return _MASKED.sub(self._masked, value)
        if isinstance(value, list):
            return [self._walk(item) for item in value]
        return self.linked(value) if isinstance(value, dict) else value

    def _masked(self, found: re.Match[str]) -> str:
        url = self.link(found[2])
        return found[1] if url is None else f"[{found[1]}](<{url}>)"


def readdressed(content: Mapping[str, Json], addresses: Mapping[Key, Key]) -> Mapping[str, Json]:
    """Return the content with its links leading to the keys under which things stand, where that is not their name."""
    if not addresses.keys() & named_in(content):
        return content

    def walk(value: Json) -> Json:
        if isinstance(value, str):
            return _MASKED.sub(lambda found: f"[{found[1]}]({{link:{addresses.get(found[2], found[2])}}})", value)
        if isinstance(value, list):
            return [walk(item) for item in value]
        return {name: walk(item) for name, item in value.items()} if isinstance(value, dict) else value

    return {name: walk(value) for name, value in content.items()}


def named_in(content: Mapping[str, Json]) -> frozenset[Key]:
    """Return the keys that the content links to."""
    return frozenset(key for text in _strings(content) for _, key in _MASKED.findall(text))


def identified(content: Mapping[str, Json], ids: Mapping[Key, Snowflake]) -> dict[str, Json]:
    """Return the content with bare ids filled in. Raises `KeyError` for one that is not known."""
    return {name: _identified(value, ids) for name, value in content.items()}


def _identified(value: Json, ids: Mapping[Key, Snowflake]) -> Json:
    if isinstance(value, str):
        found = _ID.fullmatch(value)
        return str(ids[found[1]]) if found else value
    if isinstance(value, list):
        return [_identified(item, ids) for item in value]
    return identified(value, ids) if isinstance(value, dict) else value


def _strings(value: "Json | Mapping[str, Json]") -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _strings(item)]
