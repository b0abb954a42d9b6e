"""An interaction between a member and the bot, from the press of a button to the end of its token's life."""

from dataclasses import dataclass, field

from bot.sandbox.wire import Json


@dataclass
class Interaction:
    """One interaction as the server remembers it.

    `original` is the message that `@original` stands for: the answer, or the message a component sat on.
    """

    id: str
    token: str
    kind: int
    user_id: str
    guild_id: str
    channel_id: str
    data: Json
    created: float
    nonce: str | None = None
    session_id: str | None = None
    message: Json | None = None
    parent: "Interaction | None" = None
    answered: bool = False
    lapsed: bool = False
    original: str | None = None
    followups: list[str] = field(default_factory=list[str])
    metadata: Json = field(default_factory=dict[str, object])


@dataclass
class OpenModal:
    """A modal on a member's screen: what was asked, and by the answer to which interaction."""

    interaction: Interaction
    data: Json
