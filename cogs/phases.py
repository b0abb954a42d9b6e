"""`/programma fase`: the phase and its deadlines. First what closes and opens, then a button that makes it so."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.domain.days import day_in
from bot.domain.deadlines import Deadline, closing, last_minute
from bot.domain.deeds import Deed
from bot.domain.people import Role
from bot.domain.phases import Phase
from bot.errors import Refused
from bot.locales import Texts
from bot.mirror.render.phases import phase_lines
from bot.services.phasing import PhaseChange, Phasing, Wish, demand_ahead
from bot.services.ports import Clock
from bot.services.syncing import Syncing
from cogs.context import Context, Interaction
from cogs.faces import Button, face
from cogs.routing import Routes, custom_id

_NONE: Final = frozenset({"geen", "none", "-"})
_LEFT: Final = ""
_GONE: Final = "0"
Days = Mapping[Deadline, date | None]


class Phases:
    """Asks an admin whether the phase is to change so, and sees to it."""

    def __init__(self, context: Context, phasing: Phasing, syncing: Syncing, clock: Clock, zone: str) -> None:
        self._context = context
        self._phasing = phasing
        self._syncing = syncing
        self._clock = clock
        self._zone = zone

    def register(self, routes: Routes) -> None:
        """Answer the button under the question."""
        routes.add("phase", self._set)

    async def start(
        self, interaction: Interaction, phase: Phase | None, typed: Mapping[Deadline, str], begins: str | None = None
    ) -> None:
        """Show what a change would mean; without one, where the programme stands. `begins` says when a phase will."""
        self._context.actor(interaction).demand(Role.ADMIN)
        say = self._context.say(interaction)
        programme_id = await self._context.programme(interaction)
        days = {deadline: self._day(words) for deadline, words in typed.items()}
        if phase is None and not days and begins is None:
            lines = phase_lines(await self._phasing.calendar(programme_id), self._zone, say)
            await interaction.response.send_message("\n".join([*lines, say("phase.how")]), ephemeral=True)
            return
        seen = (await self._phasing.calendar(programme_id)).phase
        planned = self._planned(seen, phase, begins)
        change = await self._phasing.preview(programme_id, phase or seen)
        begin = [_day_out(day) for day in planned.values()]
        go = Button(
            label=say("phase.go"),
            style=discord.ButtonStyle.success,
            custom_id=custom_id("phase", phase or _LEFT, change.before.value, *_carried(days), *begin),
        )
        stop = Button(label=say("sync.cancel"), custom_id=custom_id("nosync"))
        entering = phase is not None and not planned
        meaning = [
            *(self._meaning(change, say) if entering else ()),
            *self._from(planned, say),
            *self._until(days, say),
        ]
        text = "\n".join(meaning)
        await interaction.response.send_message(text, view=face(go, stop), ephemeral=True)

    async def _set(self, interaction: Interaction, arguments: list[str]) -> None:
        await interaction.response.defer()
        named, seen, *rest = arguments
        days, begins = rest[: len(Deadline)], rest[len(Deadline) :]
        phase = Phase(named) if named != _LEFT else None
        planned = {phase: _day_in(begins[0])} if phase is not None and begins else {}
        programme_id = await self._context.programme(interaction)
        wish = Wish(None if planned else phase, Phase(seen), _read_back(days), planned)
        calendar = await self._phasing.settle(self._context.actor(interaction), programme_id, wish)
        self._syncing.enqueue(programme_id)
        say = self._context.say(interaction)
        lines = [say("phase.done"), *phase_lines(calendar, self._zone, say)]
        await interaction.edit_original_response(content="\n".join(lines), view=None)

    def _planned(self, seen: Phase, phase: Phase | None, begins: str | None) -> Mapping[Phase, date | None]:
        """Return on which day a phase is to begin, as it was typed. Raises `Refused` where that says nothing."""
        if begins is None:
            return {}
        if phase is None:
            raise Refused("phase.begins_what")
        demand_ahead(seen, phase)
        return {phase: self._day(begins)}

    def _from(self, planned: Mapping[Phase, date | None], say: Texts) -> Iterator[str]:
        """Yield when a phase will begin from now on."""
        for phase, day in planned.items():
            name = say(f"phase.{phase.value}")
            if day is None:
                yield f"- {say('phase.begins.gone', phase=name)}"
            else:
                when = say.moment(f"{day}T00:00")
                yield f"- {say('phase.begins', phase=name, when=when)}{self._year(day, say)}"

    def _day(self, typed: str) -> date | None:
        """Return the day that was typed, None for none. Raises `Refused` where it can't be told, or is over."""
        if typed.casefold().strip() in _NONE:
            return None
        today = self._today()
        day = day_in(typed, today)
        if day is None:
            raise Refused("phase.no_day", typed=typed[:40])
        if day < today:
            raise Refused("phase.day_over", typed=typed[:40])
        return day

    def _today(self) -> date:
        return datetime.fromisoformat(self._clock()).astimezone(ZoneInfo(self._zone)).date()

    def _meaning(self, change: PhaseChange, say: Texts) -> Iterator[str]:
        """Yield what a change closes and opens, and what it leaves as it is."""
        after = say(f"phase.{change.after.value}")
        if change.before is change.after:
            yield say("phase.stays", phase=after)
        else:
            yield say("phase.change", before=say(f"phase.{change.before.value}"), after=after)
            yield say("phase.closes", deeds=_listed(change.closes, say))
            yield say("phase.opens", deeds=_listed(change.opens, say))
        if change.fixes:
            yield say("phase.fixes")
        left = {"submitted": change.submitted, "undecided": change.undecided, "advice": change.advice_drafts}
        yield from (f"- {say.count(f'phase.left.{name}', number)}" for name, number in left.items() if number)

    def _until(self, days: Days, say: Texts) -> Iterator[str]:
        """Yield until when things can be done from now on."""
        for deadline, day in days.items():
            if day is None:
                yield f"- {say(f'deadline.gone.{deadline.value}')}"
            else:
                until = say.moment(last_minute(closing(day, self._zone), self._zone))
                yield f"- {say(f'deadline.{deadline.value}', until=until)}{self._year(day, say)}"

    def _year(self, day: date, say: Texts) -> str:
        """Return a warning where a day is not of this year: who typed one that is just over means another."""
        return "" if day.year == self._today().year else f". {say('phase.other_year', year=day.year)}"


def _listed(deeds: tuple[Deed, ...], say: Texts) -> str:
    return ", ".join(say(f"deed.{deed.value}") for deed in deeds) or say("phase.nothing")


def _day_out(day: date | None) -> str:
    return day.isoformat() if day is not None else _GONE


def _day_in(carried: str) -> date | None:
    return date.fromisoformat(carried) if carried != _GONE else None


def _carried(days: Days) -> Iterator[str]:
    """Yield the last days as they travel in a custom id, in the order of the deadlines."""
    for deadline in Deadline:
        yield _day_out(days[deadline]) if deadline in days else _LEFT


def _read_back(carried: list[str]) -> Days:
    """Read back what `_carried` wrote."""
    return {deadline: _day_in(day) for deadline, day in zip(Deadline, carried, strict=True) if day != _LEFT}
