"""Filling in the addresses of what stands in the guild, once it is known.

Links stand in texts alone and ids in the fields for them, so a name is never looked into. What people wrote can look
like either and goes through as it is: escaped text holds no link, and code, which is not escaped, is made `inert`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.ids import Snowflake
from bot.mirror.resources import Json, Key

_MASKED: Final = re.compile(r"\\.|\[((?:\\.|[^\[\]\\])*)\]\(<?\{link:([^}]+)\}>?\)", re.DOTALL)
"""A link, or a character that is escaped, which begins none."""
_ID: Final = re.compile(r"\{id:([^}]+)\}")
_TEXT: Final = "content"
_ID_FIELDS: Final = frozenset({"id", "parent_id"})
_LINK: Final = "{link:"
_INERT: Final = "{\u2060link:"
"""No link: an invisible character stands in it until it is sent."""


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
        return _each_text(content, self._filled)

    def link(self, key: Key) -> str | None:
        """Return the jump link of a resource, or None where it does not stand."""
        place = self.by_key.get(key)
        if place is None:
            return None
        channel = "" if place.channel_id is None else f"{place.channel_id}/"
        return f"https://discord.com/channels/{self.guild_id}/{channel}{place.discord_id}"

    def _filled(self, text: str) -> str:
        return (_MASKED.sub(self._masked, text) if _LINK in text else text).replace(_INERT, _LINK)

    def _masked(self, found: re.Match[str]) -> str:
        if found[2] is None:
            return found[0]
        url = self.link(found[2])
        return found[1] if url is None else f"[{found[1]}](<{url}>)"


def readdressed(content: Mapping[str, Json], addresses: Mapping[Key, Key]) -> Mapping[str, Json]:
    """Return the content with its links leading to the keys under which things stand, where that is not their name."""
    if not addresses.keys() & named_in(content):
        return content

    def anew(found: re.Match[str]) -> str:
        key = found[2]
        return found[0] if key is None else f"[{found[1]}]({{link:{addresses.get(key, key)}}})"

    return _each_text(content, lambda text: _MASKED.sub(anew, text))


def named_in(content: Mapping[str, Json]) -> frozenset[Key]:
    """Return the keys that the content links to."""
    return frozenset(key for text in _texts(content) if _LINK in text for _, key in _MASKED.findall(text) if key)


def inert(text: str) -> str:
    """Return text that is not escaped so that it is taken for no link of ours. `Places.linked` makes it as it was."""
    return text.replace(_LINK, _INERT)


def identified(content: Mapping[str, Json], ids: Mapping[Key, Snowflake]) -> dict[str, Json]:
    """Return the content with bare ids filled in. Raises `KeyError` for one that is not known."""

    def fill(text: str) -> str:
        found = _ID.fullmatch(text)
        return str(ids[found[1]]) if found else text

    return _each(content, _ID_FIELDS, fill)


def _each_text(content: Mapping[str, Json], change: Callable[[str], str]) -> dict[str, Json]:
    return _each(content, frozenset({_TEXT}), change)


def _each(content: Mapping[str, Json], fields: frozenset[str], change: Callable[[str], str]) -> dict[str, Json]:
    """Return the content with the strings in some fields changed, at whatever depth."""
    return {
        name: change(value) if isinstance(value, str) and name in fields else _within(value, fields, change)
        for name, value in content.items()
    }


def _within(value: Json, fields: frozenset[str], change: Callable[[str], str]) -> Json:
    if isinstance(value, list):
        return [_within(item, fields, change) for item in value]
    return _each(value, fields, change) if isinstance(value, dict) else value


def _texts(content: Mapping[str, Json]) -> Iterator[str]:
    """Yield the texts in content, at whatever depth, in no order."""
    left: list[Json] = [dict(content)]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left += value
        elif isinstance(value, dict):
            left += value.values()
            if isinstance(text := value.get(_TEXT), str):
                yield text
