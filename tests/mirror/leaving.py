"""A programme before and after something left it, and what is planned and said then. Values only."""

import json
from dataclasses import replace

from bot.domain.amendments import Amendment, Status
from bot.domain.ids import PostId, SectionId, Snowflake
from bot.domain.programme import Programme
from bot.domain.text import paragraph
from bot.mirror.desire import desire
from bot.mirror.observed import Observed, ObservedThread
from bot.mirror.plan import Plan, Scope, plan
from bot.mirror.resources import Key, Known, MirrorSettings, Resource
from bot.mirror.standing import still_known
from tests.mirror.carrying import carried_out
from tests.mirror.discord_text import texts_of
from tests.mirror.values import GUILD, NL, amendment, contribution, programme, section, stored

AT = "2026-12-01T08:00:00+00:00"
SETTINGS = MirrorSettings()
LONG = stored(*(paragraph(f"{number}. " + "geheim " * 300) for number in range(3)))
SECRETS = ("Veiligheid", "geheim", "Gerrit", "Herman", "Tineke", "Mijn eigen woorden", "forum.example.org")
FIRST = contribution(700)
SECOND = contribution(760, author="Tineke", reply_to=PostId(700))
WHOLE = section(blocks=LONG, contributions=(FIRST, SECOND), amendments=(amendment(1),))
OTHER = section(section_id=SectionId(2), post_id=PostId(600), title="Zorg", code="4.4")
BEFORE = programme(WHOLE, OTHER)
OPEN, TAKEN = amendment(1), amendment(1, status=Status.ADOPTED)


def with_section(**fields: object) -> Programme:
    return programme(replace(WHOLE, **fields), OTHER)  # pyright: ignore[reportArgumentType]


GONE = with_section(gone=AT)
WITHOUT_REPLY = with_section(contributions=(replace(FIRST, gone=AT), SECOND))


def merged(*, amendments: tuple[Amendment, ...] = (OPEN,), reply_gone: str | None = None) -> Programme:
    """Return the programme after the first section became a reply in the other, with the replies it had."""
    became = contribution(588, author="Gerrit Spilt", gone=reply_gone)
    home = replace(OTHER, contributions=(became, FIRST, SECOND))
    return programme(replace(WHOLE, merged_into=SectionId(2), contributions=(), amendments=amendments), home)


def planned(
    of: Programme, known: dict[Key, Known], observed: Observed | None = None, scope: Scope | None = None
) -> Plan:
    return plan(desire(of, still_known(known, observed), SETTINGS, NL), known, observed, GUILD, scope)


def mirrored(of: Programme, known: dict[Key, Known] | None = None) -> dict[Key, Known]:
    """Return what is known once a programme is shown."""
    return carried_out(planned(of, known or {}), known or {})


def by_key(of: Programme, known: dict[Key, Known]) -> dict[Key, Resource]:
    return {resource.key: resource for resource in desire(of, known, SETTINGS, NL)}


def words(resource: Resource) -> str:
    content = resource.content.get("message", resource.content)
    return "\n".join(texts_of(content))


def all_words(of: Programme, known: dict[Key, Known]) -> str:
    return json.dumps([[one.title, dict(one.content)] for one in desire(of, known, SETTINGS, NL)], ensure_ascii=False)


def of_post(of: Programme, known: dict[Key, Known], post: Key = "section:588") -> str:
    """Return all that the plan's resources of one post say, its name and their titles too."""
    inside = [one for one in desire(of, known, SETTINGS, NL) if post in (one.key, one.parent)]
    return json.dumps([[one.title, dict(one.content)] for one in inside], ensure_ascii=False)


def actions(of: Plan) -> list[tuple[str, str]]:
    return [(change.action.value, change.resource.key) for change in of.changes]


def observed(known: dict[Key, Known], *, archived: bool) -> Observed:
    ids = [row.discord_id for row in known.values() if row.discord_id]
    return Observed({each: {} for each in ids}, dict.fromkeys(ids, ObservedThread(Snowflake(0), archived=archived)))
