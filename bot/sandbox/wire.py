"""What travels: JSON objects as Discord words them, and the few readers that keep them typed."""

from datetime import UTC, datetime
from typing import Any, TypeAlias, cast

Json: TypeAlias = dict[str, Any]


def rows(source: Json, key: str) -> list[Json]:
    """Read a list of objects, empty where there is none; what is no object is left out."""
    value = source.get(key)
    if not isinstance(value, list):
        return []
    return [cast("Json", item) for item in cast("list[Any]", value) if isinstance(item, dict)]


def strings(source: Json, key: str) -> list[str]:
    """Read a list of strings, empty where there is none."""
    value = source.get(key)
    return [str(item) for item in cast("list[Any]", value)] if isinstance(value, list) else []


def table(source: Json, key: str) -> Json:
    """Read a nested object, empty where there is none."""
    value = source.get(key)
    return cast("Json", value) if isinstance(value, dict) else {}


def iso(moment: float) -> str:
    """Write seconds since 1970 as Discord writes a timestamp."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
