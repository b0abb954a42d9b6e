"""What goes wrong on purpose: switched on by tests, used up as requests and events pass."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Trouble:
    """One kind of trouble for the next `times` requests that match.

    `status` answers with that status; `drop` cuts the connection; `delay` waits first. With `after` the request is
    carried out before its answer is lost or comes late, which is what a crash between sending and hearing looks like.
    `scope` (user, global or shared) makes it a limit of that scope, with `delay` as the seconds to stay away.
    """

    method: str = ""
    path: str = ""
    times: int = 1
    status: int = 0
    drop: bool = False
    delay: float = 0.0
    after: bool = False
    scope: str = ""

    def matches(self, method: str, path: str) -> bool:
        """Tell whether a request is hit: `path` is a regular expression searched in it."""
        return self.times > 0 and self.method in ("", method) and re.search(self.path, path) is not None


def _nothing(_user_id: str | None) -> None:
    pass


@dataclass
class Faults:
    """The switchboard.

    `interactions_twice` delivers that many interactions two times; `forums_refused` answers 50024 to new forums.
    The three gateway functions work on one user's connections, or on everybody's with None.
    """

    troubles: list[Trouble] = field(default_factory=list[Trouble])
    interactions_twice: int = 0
    forums_refused: bool = False
    drop_gateway: Callable[[str | None], None] = _nothing
    ask_reconnect: Callable[[str | None], None] = _nothing
    invalidate_sessions: Callable[[str | None], None] = _nothing

    def fail(self, status: int, times: int = 1, *, method: str = "", path: str = "", after: bool = False) -> None:
        """Answer the next matching requests with a status."""
        self.troubles.append(Trouble(method, path, times, status=status, after=after))

    def drop(self, times: int = 1, *, method: str = "", path: str = "", after: bool = False) -> None:
        """Cut the connection of the next matching requests."""
        self.troubles.append(Trouble(method, path, times, drop=True, after=after))

    def slow(self, seconds: float, times: int = 1, *, method: str = "", path: str = "", after: bool = False) -> None:
        """Let the next matching requests wait, or their answers."""
        self.troubles.append(Trouble(method, path, times, delay=seconds, after=after))

    def limit(self, scope: str, seconds: float, times: int = 1, *, method: str = "", path: str = "") -> None:
        """Answer the next matching requests with a 429 of a scope: user, global or shared."""
        self.troubles.append(Trouble(method, path, times, delay=seconds, scope=scope))

    def take(self, method: str, path: str) -> Trouble | None:
        """Use up the first trouble that hits a request."""
        for trouble in self.troubles:
            if trouble.matches(method, path):
                trouble.times -= 1
                self.troubles = [each for each in self.troubles if each.times > 0]
                return trouble
        return None
