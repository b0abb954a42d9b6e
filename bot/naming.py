"""Which programme a typed command is about: the one named, that of the config's guild, or the only one there is."""

from collections.abc import Sequence

from bot.config import Settings
from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.programme import Programme
from bot.errors import NotFound, Refused
from bot.mirror.render.wording import clipped
from bot.services.homes import Home
from bot.services.ports import Unit


def programme_meant(unit: Unit, settings: Settings, named: str | None) -> ProgrammeId:
    """Return the programme that a command is about. Raises `NotFound`, and `Refused` where it must be named."""
    found = target_meant(unit, settings, named)
    if isinstance(found, Home):
        raise NotFound("cli.no_programme_here", guild=found.guild_id)
    if found is None:
        raise NotFound("cli.no_programme")
    return found


def target_meant(unit: Unit, settings: Settings, named: str | None) -> ProgrammeId | Home | None:
    """Return the programme that something is taken into: a guild for one that is still to come, None for the first.

    A programme is named by its number, its guild's id, or the beginning of its title.
    """
    heads = [unit.programmes.head(programme_id) for programme_id in unit.programmes.ids()]
    if named is not None:
        return _named(unit, heads, named)
    configured = settings.discord.guild_id
    if configured and (own := unit.programmes.of_guild(Snowflake(configured))) is not None:
        return own
    if len(heads) > 1:
        raise Refused("cli.programme_needed", programmes=_listed(heads))
    if configured and heads and heads[0].guild_id is not None:
        if unit.guilds.load(Snowflake(configured)) is not None:
            return Home(Snowflake(configured))
        raise Refused("cli.other_guild", title=heads[0].title, guild=heads[0].guild_id)
    return heads[0].programme_id if heads else None


def _named(unit: Unit, heads: Sequence[Programme], named: str) -> ProgrammeId | Home:
    typed = named.strip().casefold()
    exact = [head for head in heads if typed in {str(head.programme_id), str(head.guild_id), head.title.casefold()}]
    fitting = exact or [head for head in heads if typed and head.title.casefold().startswith(typed)]
    if len(fitting) == 1:
        return fitting[0].programme_id
    if not fitting and typed.isdecimal() and unit.guilds.load(Snowflake(int(typed))) is not None:
        return Home(Snowflake(int(typed)))
    if not heads:
        raise NotFound("cli.no_programme")
    raise NotFound("cli.programme_unknown", named=clipped(named, 60), programmes=_listed(heads))


def _listed(heads: Sequence[Programme]) -> str:
    return ", ".join(f"{head.programme_id} ({head.title}, {head.guild_id or '–'})" for head in heads)
