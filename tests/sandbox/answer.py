"""What a member gets back for an interaction, gathered from their gateway."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.parts import text_of

Json = dict[str, Any]
LOADING = 1 << 7
_NEWS = ("**Nieuws voor jou**", "**News for you**")


@dataclass
class Answer:
    """What came of an interaction. It keeps growing while the bot edits and follows up; `until` waits for more.

    `messages` holds the latest state of every message in the order they came, the edited source message included.
    """

    nonce: str
    source: str | None = None
    id: str | None = None
    messages: list[Json] = field(default_factory=list[Json])
    deleted: list[str] = field(default_factory=list[str])
    modal: Json | None = None
    choices: list[Json] | None = None
    succeeded: bool = False
    failed: bool = False
    timeout: float = 5.0
    _grown: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def settled(self) -> bool:
        """Whether the bot has answered and no promised message is still open."""
        if self.failed or self.choices is not None:
            return True
        return self.succeeded and not any(message["flags"] & LOADING for message in self.messages)

    @property
    def message(self) -> Json:
        """The last message that came or changed; what else is new for this member comes after the answer itself."""
        return [each for each in self.messages if not text_of(each).startswith(_NEWS)][-1]

    @property
    def text(self) -> str:
        """All text of the last message, components included."""
        return text_of(self.message)

    async def until(self, predicate: "Callable[[Answer], bool]") -> "Answer":
        """Wait until something holds of the answer."""
        async with asyncio.timeout(self.timeout):
            while not predicate(self):
                self._grown.clear()
                await self._grown.wait()
        return self

    def take(self, name: str, data: Json) -> None:
        """Take an event in if it belongs to this interaction."""
        handler = _TAKERS.get(name)
        if handler is not None and handler(self, data):
            self._grown.set()

    def take_begun(self, data: Json) -> bool:
        """Learn the interaction's id."""
        if data.get("nonce") == self.nonce:
            self.id = data["id"]
        return True

    def take_success(self, data: Json) -> bool:
        """Learn that the bot answered."""
        self.succeeded = self.succeeded or data["id"] == self.id
        return True

    def take_failure(self, data: Json) -> bool:
        """Learn that it did not."""
        self.failed = self.failed or data["id"] == self.id
        return True

    def take_modal(self, data: Json) -> bool:
        """Get a modal to fill in."""
        if data.get("nonce") == self.nonce:
            self.modal = data
        return True

    def take_choices(self, data: Json) -> bool:
        """Get suggestions."""
        if data.get("nonce") == self.nonce:
            self.choices = data["choices"]
        return True

    def take_message(self, data: Json) -> bool:
        """Get a message, or a changed one."""
        mine = data.get("interaction_metadata", {}).get("id") == self.id and self.id is not None
        if not mine and data["id"] != self.source:
            return False
        others = [message for message in self.messages if message["id"] != data["id"]]
        # The source may be edited for other reasons meanwhile, such as a count on a card: an own answer stays last.
        self.messages = [*others, data] if mine else [data, *others]
        return True

    def take_deleted(self, data: Json) -> bool:
        """Lose a message."""
        if data["id"] == self.source or any(message["id"] == data["id"] for message in self.messages):
            self.messages = [message for message in self.messages if message["id"] != data["id"]]
            self.deleted.append(data["id"])
        return True


_TAKERS: dict[str, Callable[[Answer, Json], bool]] = {
    "INTERACTION_CREATE": Answer.take_begun,
    "INTERACTION_SUCCESS": Answer.take_success,
    "INTERACTION_FAILURE": Answer.take_failure,
    "INTERACTION_MODAL_CREATE": Answer.take_modal,
    "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE": Answer.take_choices,
    "MESSAGE_CREATE": Answer.take_message,
    "MESSAGE_UPDATE": Answer.take_message,
    "MESSAGE_DELETE": Answer.take_deleted,
}
