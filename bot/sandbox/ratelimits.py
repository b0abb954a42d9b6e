"""Rate limits: buckets per route and resource, and fifty requests a second in all."""

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rule:
    """So many requests in so many seconds, for routes of one kind."""

    name: str
    method: str
    pattern: str
    limit: int
    seconds: float


# Discord documents the headers, the global 50 a second and that limits differ per route; the figures themselves are
# nowhere documented. Those below are what libraries and bots observe, marked (o); (d) is documented; (g) is a guess on
# the careful side.
RULES = (
    Rule("rename", "PATCH", r"/channels/\d+#name$", 2, 600),  # (o) name and topic of a channel or thread
    Rule("message-create", "POST", r"/channels/\d+/messages$", 5, 5),  # (o)
    Rule("message-edit", "PATCH", r"/channels/\d+/messages/\d+$", 5, 5),  # (o)
    Rule("message-delete", "DELETE", r"/channels/\d+/messages/\d+$", 5, 1),  # (o)
    Rule("bulk-delete", "POST", r"/channels/\d+/messages/bulk-delete$", 1, 3),  # (o)
    Rule("message-list", "GET", r"/channels/\d+/messages", 5, 5),  # (o)
    Rule("pins", "(PUT|DELETE)", r"/channels/\d+/(messages/)?pins/\d+$", 5, 4),  # (o)
    Rule("reactions", "(PUT|DELETE)", r"/reactions/", 1, 0.25),  # (d) said in the docs' changelog
    Rule("thread-create", "POST", r"/channels/\d+(/messages/\d+)?/threads$", 50, 300),  # (g)
    Rule("channel-edit", "PATCH", r"/channels/\d+$", 10, 15),  # (o)
    Rule("channel-create", "POST", r"/guilds/\d+/channels$", 10, 10),  # (g)
    Rule("overwrites", "(PUT|DELETE)", r"/permissions/\d+$", 10, 15),  # (o)
    Rule("commands-put", "PUT", r"/commands$", 5, 20),  # (o)
    Rule("commands", "(POST|PATCH|DELETE)", r"/commands", 5, 20),  # (o)
    Rule("members", "GET", r"/guilds/\d+/members", 10, 10),  # (o)
    Rule("followups", ".*", r"/webhooks/\d+/[^/]+", 5, 2),  # (o)
    Rule("typing", "POST", r"/typing$", 5, 5),  # (o)
    Rule("other", ".*", r"", 30, 10),  # (g)
)
GLOBAL = Rule("global", ".*", "", 50, 1)  # (d) interaction answers are exempt
_EXEMPT = re.compile(r"^/(interactions/\d+/[^/]+/callback|webhooks/\d+/[^/]+)")
_MAJOR = re.compile(r"^/(?:channels|guilds|interactions|webhooks)/(\d+(?:/[\w-]{40,})?)")


@dataclass
class Window:
    """What is left of a bucket, until when."""

    left: int
    until: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, the headers that say so, and whose limit it is: user, global or shared."""

    allowed: bool
    headers: dict[str, str]
    retry_after: float = 0.0
    scope: str = "user"

    @property
    def everywhere(self) -> bool:
        """Whether it holds for all requests."""
        return self.scope == "global"


@dataclass
class RateLimits:
    """The buckets. `speed` makes their clock run faster; `enabled` off, everything passes."""

    speed: float = 1.0
    enabled: bool = True
    rules: tuple[Rule, ...] = RULES
    clock: Callable[[], float] = time.time
    windows: dict[tuple[str, str], Window] = field(default_factory=dict[tuple[str, str], Window])

    def check(self, who: str, method: str, path: str, *, renames: bool = False) -> Verdict:
        """Count a request of somebody and judge it; a sub-limit (renaming) is counted beside the route's own."""
        if not self.enabled:
            return Verdict(allowed=True, headers={})
        if not _EXEMPT.search(path):
            everywhere = self._spend(GLOBAL, who, who)
            if not everywhere.allowed:
                return Verdict(allowed=False, headers={}, retry_after=everywhere.retry_after, scope="global")
        if renames:
            sub = self._spend(self._rule(method, f"{path}#name"), who, path)
            if not sub.allowed:
                return sub
        return self._spend(self._rule(method, path), who, self._resource(path))

    def _rule(self, method: str, path: str) -> Rule:
        return next(rule for rule in self.rules if re.fullmatch(rule.method, method) and re.search(rule.pattern, path))

    @staticmethod
    def _resource(path: str) -> str:
        found = _MAJOR.search(path)
        return found.group(1) if found else ""

    def _spend(self, rule: Rule, who: str, resource: str) -> Verdict:
        now = self.clock()
        seconds = rule.seconds / self.speed
        window = self.windows.get((rule.name, f"{who}:{resource}"))
        if window is None or window.until <= now:
            window = self.windows[rule.name, f"{who}:{resource}"] = Window(rule.limit, now + seconds)
        rest = max(0.001, window.until - now)
        allowed = window.left > 0
        window.left = max(0, window.left - 1)
        headers = {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Remaining": str(window.left),
            "X-RateLimit-Reset": f"{window.until:.3f}",
            "X-RateLimit-Reset-After": f"{rest:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(rule.name.encode()).hexdigest()[:32],
        }
        return Verdict(allowed=allowed, headers=headers, retry_after=0.0 if allowed else rest)
