"""What people said about a guild's mirror as a whole, as remembered facts: to begin, to open, to clear it away.

    nothing ──confirm──▶ confirmed, seen by admins only ──open──▶ opened ──clear──▶ cleared ──confirm──▶ …

To open and to clear take many calls. Each is an order that stands from before the first call until after the last one,
so whoever is cut off finds it at the next start. Where `mirror.auto` is "always" the mirror is confirmed and opened
from the start; clearing holds there too.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ProgrammeId
from bot.services.guild_rows import Auto
from bot.services.ports import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a mirror stands in people's hands.

    `confirmed`: a first sync needs nobody's word (any more). `opened`: everybody may see it; `opening`: they were
    promised to, and some channels may not be open yet. `cleared`: since when nothing is made anew by itself (UTC ISO);
    `clearing`: some of what is to go may stand yet. `since`: when a person first had made what stands (Unix seconds; 0
    where nobody had to).
    """

    confirmed: bool = False
    opened: bool = True
    opening: bool = False
    cleared: str | None = None
    clearing: bool = False
    since: int = 0

    def cleared_since(self, moment: str) -> bool:
        """Tell whether the mirror was cleared away after a moment (UTC ISO): a word given then holds no more."""
        return self.cleared is not None and self.cleared > moment


def read_standing(unit: Unit, programme_id: ProgrammeId, auto: Auto) -> Standing:
    """Return where a programme's mirror stands."""
    cleared = unit.facts.get(_cleared(programme_id))
    said = unit.facts.get(_confirmed(programme_id))
    return Standing(
        confirmed=cleared is None and (auto == "always" or said is not None),
        opened=auto == "always" or unit.facts.get(_opened(programme_id)) is not None,
        opening=unit.facts.get(_opening(programme_id)) is not None,
        cleared=cleared,
        clearing=unit.facts.get(_clearing(programme_id)) is not None,
        since=int(datetime.fromisoformat(said).timestamp()) if said is not None else 0,
    )


def confirm(unit: Unit, programme_id: ProgrammeId, at: str) -> None:
    """Write down that a person had the mirror made, or made anew. Nothing is cleared away any more."""
    if unit.facts.get(_confirmed(programme_id)) is None:
        unit.facts.put(_confirmed(programme_id), at)
    unit.facts.forget(_cleared(programme_id))
    unit.facts.forget(_clearing(programme_id))


def begin_opening(unit: Unit, programme_id: ProgrammeId, at: str) -> None:
    """Write down that everybody is to see the mirror, before any channel is opened."""
    unit.facts.put(_opened(programme_id), at)
    unit.facts.put(_opening(programme_id), at)


def end_opening(unit: Unit, programme_id: ProgrammeId) -> None:
    """Write down that every channel is open."""
    unit.facts.forget(_opening(programme_id))


def keep_open(unit: Unit, programme_id: ProgrammeId, at: str) -> None:
    """Write down that a mirror stands open which nobody had to open, so that other settings do not hide it again."""
    if unit.facts.get(_opened(programme_id)) is None:
        unit.facts.put(_opened(programme_id), at)


def begin_clearing(unit: Unit, programme_id: ProgrammeId, at: str) -> None:
    """Write down that the mirror is cleared away, before anything is. An opening that is not done yet is taken back."""
    if unit.facts.get(_opening(programme_id)) is not None:
        close(unit, programme_id)
    unit.facts.forget(_confirmed(programme_id))
    unit.facts.put(_cleared(programme_id), at)
    unit.facts.put(_clearing(programme_id), at)


def end_clearing(unit: Unit, programme_id: ProgrammeId) -> None:
    """Write down that all that was to go is gone."""
    unit.facts.forget(_clearing(programme_id))


def close(unit: Unit, programme_id: ProgrammeId) -> None:
    """Write down that nothing of it is seen, so that what is made anew is seen by admins only at first."""
    unit.facts.forget(_opened(programme_id))
    unit.facts.forget(_opening(programme_id))


def _confirmed(programme_id: ProgrammeId) -> str:
    return f"mirror.confirmed:{programme_id}"


def _opened(programme_id: ProgrammeId) -> str:
    return f"mirror.opened:{programme_id}"


def _opening(programme_id: ProgrammeId) -> str:
    return f"mirror.opening:{programme_id}"


def _clearing(programme_id: ProgrammeId) -> str:
    return f"mirror.clearing:{programme_id}"


def _cleared(programme_id: ProgrammeId) -> str:
    return f"mirror.cleared:{programme_id}"
