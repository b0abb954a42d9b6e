"""How far a run is, as the one message about it in the log channel. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.locales import Texts
from bot.mirror.components import message, text
from bot.mirror.markdown import escape_line
from bot.mirror.render.wording import clipped
from bot.mirror.report import duration
from bot.mirror.resources import Json, Key

_CELLS: Final = 20
_NAME: Final = 100
_FAILURES: Final = 5


class Stage(StrEnum):
    """Where a run is. *Held up*: something failed and is tried again. *Broken off*: the program was stopped in it."""

    UNDER_WAY = "under_way"
    HELD_UP = "held_up"
    BROKEN_OFF = "broken_off"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run is: changes made and changes in all, seconds it took and seconds it will still take.

    `current` is what was made last; `failures` are the sentences of what Discord would not have.
    """

    stage: Stage
    done: int
    total: int
    took: float
    left: float = 0.0
    current: str = ""
    failures: Sequence[str] = ()


def run_message(key: Key, state: RunState, say: Texts) -> Mapping[str, Json]:
    """Return the message about a run."""
    return message(key, [text("\n".join(_lines(state, say)))])


def _lines(state: RunState, say: Texts) -> list[str]:
    lines = [f"### {say(f'run.title.{state.stage.value}')}", _bar(state)]
    if state.stage is Stage.UNDER_WAY:
        lines.append(say("run.left", done=state.done, total=state.total, time=duration(state.left, say)))
        lines += [f"-# {escape_line(clipped(state.current, _NAME))}"] if state.current else []
    else:
        figures = {"done": state.done, "total": state.total, "time": duration(state.took, say)}
        lines.append(say(f"run.end.{state.stage.value}", **figures))
    lines += [f"- {failure}" for failure in state.failures[:_FAILURES]]
    if len(state.failures) > _FAILURES:
        lines.append(say.count("run.more_failures", len(state.failures) - _FAILURES))
    return lines


def _bar(state: RunState) -> str:
    share = min(state.done / state.total, 1.0) if state.total else 1.0
    full = int(share * _CELLS)
    return f"`{'█' * full}{'░' * (_CELLS - full)}` {int(share * 100)} %"
