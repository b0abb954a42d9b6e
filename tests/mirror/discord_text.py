"""Reading back what a member sees: the inverse of the mirror's markdown, and the plain text of a message's payload."""

import re
from typing import Any

_TOKENS = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|(?P<code>`+)(?P<held>.*?[^`])(?P=code)(?!`)"
    r"|\[(?P<label>(?:`[^`]*`|\\.|[^\]\\])*)\]\(<[^>]*>\)"
    r"|<(?P<angle>https?://[^\s<>]*)>"
    r"|(?P<url>(?<![0-9A-Za-z])https?://[^\s<>\[\]\\\"]*[^\s<>\[\]\\\".,:;'!?…’”»*_~|`)])"
    r"|(?P<marker>\*\*|__|~~|\*|_)",
    re.DOTALL,
)
_ITEM = re.compile(r"^( *)(- …$|- |\d+\. )", re.MULTILINE)


def plain_of(markdown: str) -> str:
    """Return the text that shows, without formatting, bullet signs or fences."""
    lines: list[str] = []
    fenced = False
    for line in markdown.split("\n"):
        if line == "```":
            fenced = not fenced
            continue
        lines.append(line if fenced else _shown(_ITEM.sub("", re.sub(r"^(### |-# |> )", "", line))))
    return "\n".join(lines)


def _shown(line: str) -> str:
    return _TOKENS.sub(_token, line)


def _token(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if found["held"] is not None:
        return re.sub(r"^ (?= *`)|(?<=`) $", "", found["held"])
    if found["label"] is not None:
        return _shown(found["label"])
    return "" if kind == "marker" else found["escaped"] or found["angle"] or found["url"] or ""


def texts_of(payload: Any) -> list[str]:
    """Return every text display of a payload, in order."""
    found: list[str] = []
    for component in payload["components"]:
        if component["type"] == 10:
            found.append(component["content"])
        elif "components" in component:
            found += texts_of(component)
    return found


def squeezed(text: str) -> str:
    """Return text without any white space, for comparing across cuts."""
    return re.sub(r"\s+", "", text)
