"""A request that was read, and the answer to it; and the record of both that is kept and shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from bot.sandbox.acts.files import Upload
from bot.sandbox.forms import Notes
from bot.sandbox.refusals import Code, refuse, unauthorised
from bot.sandbox.wire import Json
from bot.sandbox.world import Actor, World


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, for whoever wants to check them.

    `route` is the template (`/channels/{channel_id}`), or the path where no route matched; `who` is "bot", "user" or
    None.
    """

    method: str
    route: str
    query: dict[str, str]
    headers: dict[str, str]
    request: Any
    status: int
    response: Any
    who: str | None


@dataclass
class Call:
    """One request, read and recognised."""

    world: World
    caller: Actor | None
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    uploads: dict[str, Upload] = field(default_factory=dict[str, Upload])

    @property
    def actor(self) -> Actor:
        """Who asks; 401 where nobody is known."""
        if self.caller is None:
            raise unauthorised()
        return self.caller

    @property
    def payload(self) -> Json:
        """The body as an object."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise refuse(Code.INVALID_JSON)
        return cast("Json", self.body)

    @property
    def listed(self) -> list[Json]:
        """The body as a list of objects."""
        if not isinstance(self.body, list):
            raise refuse(Code.INVALID_JSON)
        notes = Notes()
        items = cast("list[Any]", self.body)
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                notes.add((str(index),), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType.")
        notes.settle()
        return cast("list[Json]", items)

    def __getitem__(self, name: str) -> str:
        return self.params[name]


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and the JSON that goes with it; None for an empty body."""

    status: int
    data: Any = None


Handler: TypeAlias = Callable[[Call], Answer]
NOTHING = Answer(204)
