"""Requests to bring the mirror in step, waiting their turn: what is asked twice is done once."""

from dataclasses import dataclass, replace

from bot.domain.ids import ProgrammeId
from bot.mirror.plan import Scope

_TRIES_WAITED_FOR = 5


@dataclass(frozen=True, slots=True)
class Request:
    """A part of a programme's mirror to bring in step, not before `due` (seconds on the loop's clock).

    `urgent` is the part of it that may edit a message which was edited only just now; counts of support may not.
    `confirmed` says that a person asked for it, so that structure and text follow whatever the settings say; `said` is
    when they did (UTC ISO), `digest` that of the plan they saw, and `restore` says that they want undone what people
    changed. `patient` is what Discord takes so much later that nobody should wait for it.
    """

    programme_id: ProgrammeId
    scope: Scope
    due: float
    urgent: Scope | None
    confirmed: bool = False
    tries: int = 0
    digest: str | None = None
    restore: bool = False
    said: str = ""
    patient: bool = False

    @property
    def background(self) -> bool:
        """Whether it failed so often, or is due so much later, that nobody should wait for it."""
        return self.patient or self.tries >= _TRIES_WAITED_FOR

    def joined(self, other: "Request") -> "Request":
        """Return one request for both, for now."""
        urgent = self.urgent.joined(other.urgent) if self.urgent and other.urgent else self.urgent or other.urgent
        return replace(
            self,
            scope=self.scope.joined(other.scope),
            urgent=urgent,
            confirmed=self.confirmed or other.confirmed,
            restore=self.restore or other.restore,
            said=max(self.said, other.said),
            tries=max(self.tries, other.tries),
            patient=self.patient and other.patient,
        )


class Requests:
    """What waits. Not a task: it knows no time and wakes nobody."""

    def __init__(self) -> None:
        self._waiting: list[Request] = []

    def add(self, request: Request) -> None:
        """Add a request, unless one that is due no later asks the same."""
        same = [
            waiting
            for waiting in self._waiting
            if replace(waiting, due=0.0, tries=0) == replace(request, due=0.0, tries=0)
        ]
        if any(waiting.due <= request.due for waiting in same):
            return
        self._waiting = [*(waiting for waiting in self._waiting if waiting not in same), request]

    def next_due(self) -> float | None:
        """Return when the next request is due, or None when nothing waits."""
        return min((request.due for request in self._waiting), default=None)

    def take(self, now: float) -> Request | None:
        """Take out all that is due of one programme, as one request."""
        ready = [request for request in self._waiting if request.due <= now]
        if not ready:
            return None
        taken, *others = [request for request in ready if request.programme_id == ready[0].programme_id]
        self._waiting = [request for request in self._waiting if request is not taken and request not in others]
        for other in others:
            taken = taken.joined(other)
        return taken

    def awaited(self) -> bool:
        """Tell whether anything waits that is worth waiting for."""
        return any(not request.background for request in self._waiting)
