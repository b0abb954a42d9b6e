"""A plan to read before it is confirmed: in short on a phone, and whole as a file. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.ids import SectionId
from bot.locales import Texts
from bot.mirror.change import MAKING, Action, Change, kind_of
from bot.mirror.drift import Drift
from bot.mirror.estimate import Estimate
from bot.mirror.markdown import escape_line
from bot.mirror.plan import Plan
from bot.mirror.preview import Aspect, Detail, Preview
from bot.mirror.render.revisions import revision_lines
from bot.mirror.render.wording import clipped, sentence
from bot.mirror.resources import CHANNELS, Resource, ResourceKind

_NAME: Final = 80
_BEGINNING: Final = 160
_SOME: Final = 12
"""Sections, and hands of people, that are listed in short."""
_TELLING: Final = frozenset({"reply", "amendment", "summary"})
"""Messages that have a word of their own, by the beginning of their name."""
_ORDER: Final = ("category", "channel", "contents", "post", "message")
"""In what order kinds are counted: from what holds to what is held."""


def plan_file(preview: Preview, say: Texts) -> str:
    """Return a plan as markdown: how much of what, what people changed, then every change by section."""
    plan = preview.plan
    counts = [f"- {phrase}" for phrase in counted(plan.changes, say)]
    made = [cost(preview.estimate, say), seen_by(preview, say), "", *counts]
    takes = made if plan.changes else [say(nothing_key(plan))]
    lines = [f"# {say('plan.title')}", "", *takes]
    if plan.barred:
        lines += ["", f"## {say('plan.closed')}", "", *(f"- {say(one.key, **one.values)}" for one in plan.barred)]
    if plan.drift:
        lines += ["", f"## {say('plan.drift')}", "", *(f"- {drift_line(one, say)}" for one in plan.drift)]
    if plan.missing:
        lines += ["", f"## {say('plan.missing')}", "", *(f"- {_named(each, say)}" for each in plan.missing)]
    for section, details in _groups(preview):
        lines += ["", f"## {_heading(section, details, preview, say)}", ""]
        lines += [line for detail in details for line in _lines(detail, say)]
    return "\n".join(lines) + "\n"


def plan_lines(preview: Preview, say: Texts, most: int | None = _SOME) -> list[str]:
    """Return a plan in short: counts, cost, who sees it, what changes in each section (at most so many), the hands."""
    lines = [*counted(preview.plan.changes, say), cost(preview.estimate, say), seen_by(preview, say)]
    groups = _groups(preview)
    lines += [f"- **{_heading(each, found, preview, say)}**: {_summed(found, say)}" for each, found in groups[:most]]
    if most is not None and len(groups) > most:
        lines.append(say.count("plan.more_sections", len(groups) - most))
    lines += hands_lines(preview.plan, say)
    return lines


def unchanged_lines(preview: Preview, say: Texts) -> list[str]:
    """Return what there is to know where nothing is to be changed: that members see none of it, and people's hands."""
    hidden = [] if preview.opened else [seen_by(preview, say)]
    return [*hidden, *hands_lines(preview.plan, say)]


def seen_by(preview: Preview, say: Texts) -> str:
    """Return who sees what comes of a plan."""
    return say("plan.seen.members" if preview.opened else "plan.seen.admins")


def counted(changes: Sequence[Change], say: Texts) -> list[str]:
    """Return how much of what is done, a phrase for each action: "3 posts en 12 berichten maken"."""
    counts: dict[Action, Counter[str]] = {}
    for change in changes:
        counts.setdefault(change.action, Counter())[_counted_as(change.resource)] += 1
    return [
        say(f"plan.{action.value}", what=_listed([say.count(f"count.{kind}", number) for kind, number in found], say))
        for action, found in ((action, sorted(kinds.items(), key=_rank)) for action, kinds in counts.items())
    ]


def _counted_as(resource: Resource) -> str:
    kind = kind_of(resource)
    return "channel" if resource.kind in {ResourceKind.TEXT, ResourceKind.FORUM} else kind


def _rank(counted_kind: tuple[str, int]) -> int:
    return _ORDER.index(counted_kind[0])


def _listed(phrases: Sequence[str], say: Texts) -> str:
    *first, last = phrases
    return say("list.and", first=", ".join(first), last=last) if first else last


def nothing_key(plan: Plan) -> str:
    """Return the sentence for a plan that changes nothing: where people changed things, not all is as it was made."""
    return "sync.nothing_but_hands" if plan.drift or plan.missing or plan.barred else "sync.nothing"


def hands_lines(plan: Plan, say: Texts) -> list[str]:
    """Return where the bot can't get, what people changed, and what they deleted that would not be in its place."""
    return [*barred_lines(plan, say), *drift_lines(plan.drift, say), *missing_lines(plan.missing, say)]


def barred_lines(plan: Plan, say: Texts) -> list[str]:
    """Return the channels that are closed to the bot and why, a line each, under a heading; nothing where none is."""
    found = [f"- {say(one.key, **one.values)}" for one in plan.barred[:_SOME]]
    more = [say.count("plan.more_drift", len(plan.barred) - _SOME)] if len(plan.barred) > _SOME else []
    return [f"**{say('plan.closed')}**", *found, *more] if found else []


def missing_lines(missing: Sequence[Resource], say: Texts) -> list[str]:
    """Return what is missing for good, a line each and not too many, under a heading; nothing where nothing is."""
    if not missing:
        return []
    more = [say.count("plan.more_drift", len(missing) - _SOME)] if len(missing) > _SOME else []
    return [f"**{say('plan.missing')}**", *(f"- {_named(each, say)}" for each in missing[:_SOME]), *more]


def _named(resource: Resource, say: Texts) -> str:
    return f"{_kind(resource, say)} {escape_line(clipped(resource.title, _NAME))}"


def _kind(resource: Resource, say: Texts) -> str:
    """Return in a word what a resource is to people: a message by what it tells."""
    told = resource.key.rpartition("/")[2].partition(":")[0]
    return say(f"resource.{told if told in _TELLING else kind_of(resource)}")


def drift_lines(drift: Sequence[Drift], say: Texts) -> list[str]:
    """Return what people changed, a line each and not too many, under a heading; nothing where they changed nothing."""
    if not drift:
        return []
    more = [say.count("plan.more_drift", len(drift) - _SOME)] if len(drift) > _SOME else []
    return [f"**{say('plan.drift')}**", *(f"- {drift_line(one, say)}" for one in drift[:_SOME]), *more]


def drift_line(drift: Drift, say: Texts) -> str:
    """Return what people did to one thing, and what will be done about it."""
    found = escape_line(clipped(drift.found, _NAME))
    what = say(f"drift.{drift.hand.value}", found=found)
    return f"{_named(drift.resource, say)}: {what} {say('drift.restored' if drift.restored else 'drift.left')}"


def cost(estimate: Estimate, say: Texts) -> str:
    """Return how many calls a plan takes and how long."""
    return say("plan.cost", calls=say.count("plan.calls", estimate.calls), time=duration(estimate.seconds, say))


def duration(seconds: float, say: Texts) -> str:
    """Return a length of time in words, in the unit that fits it."""
    whole = max(round(seconds), 1)
    if whole < 60:
        return say.count("duration.seconds", whole)
    minutes = -(-whole // 60)
    if minutes < 120:
        return say.count("duration.minutes", minutes)
    return say.count("duration.hours", -(-minutes // 60))


def _groups(preview: Preview) -> list[tuple[SectionId | None, list[Detail]]]:
    """Return the changes by section; what belongs to none stands first and last: the channels, and what tells of all.

    A section can have changes that wait for another's, and is told of once.
    """
    groups: dict[tuple[SectionId | None, bool], list[Detail]] = {}
    for detail in preview.details:
        resource = detail.change.resource
        groups.setdefault((resource.section, resource.kind in CHANNELS), []).append(detail)
    return [(section, group) for (section, _), group in groups.items()]


def _heading(section: SectionId | None, details: Sequence[Detail], preview: Preview, say: Texts) -> str:
    if section is not None:
        return escape_line(clipped(preview.names.get(section, ""), _NAME))
    channels = any(detail.change.resource.kind in CHANNELS for detail in details)
    return say("plan.channels" if channels else "plan.overview")


def _summed(details: Sequence[Detail], say: Texts) -> str:
    return " · ".join(counted([detail.change for detail in details], say))


def _lines(detail: Detail, say: Texts) -> Iterator[str]:
    change = detail.change
    kind = _kind(change.resource, say)
    aspects = ", ".join(say(f"aspect.{aspect.value}") for aspect in detail.aspects)
    name = escape_line(change.resource.title)
    yield f"- {say(f'action.{change.action.value}')} {sentence(f'{kind} · {name}', aspects)}"
    if detail.revisions is not None:
        yield from (f"  - {line}" for line in revision_lines(detail.revisions, say, whole=False))
    elif change.action in MAKING and change.resource.words:
        beginning = escape_line(clipped(" ".join(change.resource.words), _BEGINNING))
        yield f"  - {say('revision.new')} {beginning}"
    elif Aspect.TEXT in detail.aspects and change.resource.words:
        yield f"  - {say('plan.words_unknown')}"
