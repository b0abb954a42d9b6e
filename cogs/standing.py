"""How the mirror stands, in lines for `/programma status`: to admins with what to do, to others without."""

from collections.abc import Iterator
from datetime import datetime

from bot.locales import Texts
from bot.services.mirroring import Health
from bot.services.standing import Standing


def health_lines(health: Health, say: Texts, *, admin: bool) -> list[str]:
    """Return when Discord was brought up to date, whether it is now, and what keeps it from that."""
    when = say("mirror.last_sync", when=_moment(health.last_sync)) if health.last_sync else say("mirror.never")
    return [when, *_failure(health, say, admin=admin), *_state(health, say, admin=admin), *_rest(health, say, admin)]


def _failure(health: Health, say: Texts, *, admin: bool) -> Iterator[str]:
    """Yield when it last failed, and to admins why."""
    if health.failure is None or health.tried is None:
        return
    if admin:
        reason = say(health.failure.key, **health.failure.values)
        yield say("mirror.failure", when=_moment(health.tried), reason=reason)
    else:
        yield say("mirror.failure.others", when=_moment(health.tried))


def _state(health: Health, say: Texts, *, admin: bool) -> Iterator[str]:
    """Yield what waits, and where the mirror stands in people's hands."""
    standing = health.standing
    if standing.cleared is not None:
        when = _moment(int(datetime.fromisoformat(standing.cleared).timestamp()))
        key = "mirror.clearing" if standing.clearing and admin else _for("mirror.cleared", admin=admin)
        yield say(key, when=when)
        return
    if health.pending:
        yield say.count("mirror.pending", health.pending)
    elif health.failure is None:
        yield say("mirror.in_step")
    if (key := _hands(standing)) is not None:
        yield say(_for(key, admin=admin))


def _hands(standing: Standing) -> str | None:
    if not standing.confirmed:
        return "mirror.unconfirmed"
    if standing.opening:
        return "mirror.opening"
    return None if standing.opened else "mirror.hidden"


def _rest(health: Health, say: Texts, admin: bool) -> Iterator[str]:
    """Yield to admins what is missing for good, and when all messages were last looked at."""
    if admin and health.missing:
        yield say.count("mirror.missing", health.missing)
    if admin and health.thorough is not None:
        yield say("mirror.thorough", when=_moment(health.thorough))


def _for(key: str, *, admin: bool) -> str:
    return key if admin else f"{key}.others"


def _moment(seconds: int) -> str:
    """Return a moment as every reader's Discord writes it."""
    return f"<t:{seconds}:f>"
