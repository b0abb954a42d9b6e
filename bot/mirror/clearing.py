"""Taking away what the bot made and nobody answered: what goes, what stays because people wrote there. Pure.

Posts go before the channels they stand in, and the category last. Who wrote where is looked up before, and again right
before each removal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Final

from bot.domain.ids import Snowflake
from bot.domain.text import digest_of
from bot.errors import DiscordRefused
from bot.locales import Texts
from bot.mirror.markdown import escape_line
from bot.mirror.observed import Observed
from bot.mirror.resources import CHANNELS, Key, Known, ResourceKind, topic_mark_of


class Fate(StrEnum):
    """What becomes of a channel or post: it goes, it is archived, or it stays as it is."""

    REMOVE = "remove"
    ARCHIVE = "archive"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Thread:
    """A post that was looked at in one of our channels: whether it is the bot's, and somebody else wrote in it."""

    discord_id: Snowflake
    parent_id: Snowflake
    name: str
    archived: bool
    ours: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """What was looked at: the posts in our channels, in which of our channels people wrote, and which are closed to us.

    What stands in a closed one is not known, so it stays.
    """

    threads: Sequence[Thread] = ()
    written: frozenset[Snowflake] = frozenset()
    closed: frozenset[Snowflake] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing and what becomes of it. `keys` stand no more once it is gone; `parent_id` is the channel of a post.

    `below` is that too where it is a text channel: a post's first message stands in it, outside of the post itself.
    """

    fate: Fate
    kind: ResourceKind
    discord_id: Snowflake
    name: str
    keys: tuple[Key, ...] = ()
    parent_id: Snowflake | None = None
    below: Snowflake | None = None


@dataclass(frozen=True, slots=True)
class Clearing:
    """What a clearing does, in order. `gone` are keys of what stands no more already.

    `barred` says of channels that the bot may not look into why, and what to do.
    """

    steps: tuple[Step, ...]
    gone: tuple[Key, ...] = field(default=())
    barred: tuple[DiscordRefused, ...] = ()

    @property
    def digest(self) -> str:
        """A digest by which a confirmed clearing is known to be the one that was shown."""
        return digest_of("\n".join(f"{step.fate} {step.discord_id}" for step in self.steps))

    def of(self, *fates: Fate) -> tuple[Step, ...]:
        """Return the steps of some fates."""
        return tuple(step for step in self.steps if step.fate in fates)


_TEXT: Final = 0
_DEPTH: Final = {ResourceKind.POST: 0, ResourceKind.FORUM: 1, ResourceKind.TEXT: 1, ResourceKind.CATEGORY: 2}


def clearing(known: Mapping[Key, Known], observed: Observed, answers: Answers) -> Clearing:
    """Return what is to go and what stays."""
    return _Clearer(known, observed, answers).clearing()


def channels_of(known: Mapping[Key, Known], observed: Observed) -> dict[Snowflake, Known]:
    """Return our channels that stand, also those that an interrupted run made and didn't write down, by their mark."""
    found: dict[Snowflake, Known] = {}
    for row in known.values():
        if row.kind not in CHANNELS:
            continue
        if row.discord_id is not None:
            if row.discord_id in observed.channels:
                found[row.discord_id] = row
            continue
        mark = topic_mark_of(row.key)
        found |= {each: row for each, raw in observed.channels.items() if mark in str(raw.get("topic") or "")}
    return found


class _Clearer:
    def __init__(self, known: Mapping[Key, Known], observed: Observed, answers: Answers) -> None:
        self._known = known
        self._observed = observed
        self._answers = answers
        self._channels = channels_of(known, observed)
        self._posts = {row.discord_id: row for row in known.values() if row.kind is ResourceKind.POST}

    def clearing(self) -> Clearing:
        steps = [self._post(thread) for thread in self._answers.threads]
        inside = {thread.discord_id: thread.parent_id for thread in self._answers.threads}
        staying = {inside[step.discord_id] for step in steps if step.fate is not Fate.REMOVE}
        for channel_id, row in sorted(self._channels.items(), key=lambda each: _DEPTH[each[1].kind]):
            step = self._channel(channel_id, row, staying)
            if step.fate is not Fate.REMOVE:
                staying.add(channel_id)
            steps.append(step)
        mentioned = {key for step in steps for key in step.keys}
        gone = (key for key in self._known.keys() - mentioned if not self._hidden(key))
        return Clearing(tuple(steps), tuple(sorted(gone)))

    def _hidden(self, key: Key | None) -> bool:
        """Tell whether something may stand in a channel that is closed to the bot."""
        row = self._known.get(key) if key is not None else None
        return row is not None and (row.discord_id in self._answers.closed or self._hidden(row.parent))

    def _post(self, thread: Thread) -> Step:
        row = self._posts.get(thread.discord_id)
        keys = (row.key, *self._within(row.key)) if row else ()
        if thread.ours and not thread.answered:
            fate = Fate.REMOVE
        else:
            fate = Fate.ARCHIVE if thread.ours and not thread.archived else Fate.KEEP
        raw = self._observed.channels.get(thread.parent_id, {})
        below = thread.parent_id if raw.get("type") == _TEXT else None
        return Step(fate, ResourceKind.POST, thread.discord_id, thread.name, keys, thread.parent_id, below)

    def _channel(self, channel_id: Snowflake, row: Known, staying: set[Snowflake]) -> Step:
        raw = self._observed.channels[channel_id]
        if row.kind is ResourceKind.CATEGORY:
            children = {each for each, other in self._observed.channels.items() if _parent(other) == channel_id}
            stays = bool(children & staying or children - self._channels.keys())
        else:
            stays = channel_id in staying | self._answers.written | self._answers.closed
        messages = () if row.kind is ResourceKind.CATEGORY else self._messages(row.key)
        fate = Fate.KEEP if stays else Fate.REMOVE
        return Step(fate, row.kind, channel_id, str(raw["name"]), (row.key, *messages))

    def _within(self, key: Key) -> Iterator[Key]:
        return (row.key for row in self._known.values() if row.parent == key)

    def _messages(self, key: Key) -> tuple[Key, ...]:
        rows = (self._known[each] for each in self._within(key))
        return tuple(row.key for row in rows if row.kind is ResourceKind.MESSAGE)


def _parent(raw: Mapping[str, object]) -> Snowflake | None:
    parent_id = raw.get("parent_id")
    return Snowflake(int(str(parent_id))) if parent_id else None


def clearing_file(of: Clearing, say: Texts) -> str:
    """Return a clearing as markdown: first what stays and why, then all that goes."""
    lines = [f"# {say('clear.title')}", ""]
    ordered = sorted(of.steps, key=lambda step: step.fate is Fate.REMOVE)
    for goes, group in groupby(ordered, key=lambda step: step.fate is Fate.REMOVE):
        lines += [f"## {say('clear.goes') if goes else say('clear.stays')}", ""]
        lines += [_line(step, say) for step in group]
        lines.append("")
    return "\n".join(lines)


def _line(step: Step, say: Texts) -> str:
    what = f"{say(f'resource.{step.kind.value}')} · {escape_line(step.name)}"
    return f"- {what} · {say('clear.archived')}" if step.fate is Fate.ARCHIVE else f"- {what}"
