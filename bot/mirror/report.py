"""A plan as a file to read before it is confirmed. Pure."""

from itertools import groupby

from bot.locales import Texts
from bot.mirror.change import Change, kind_of
from bot.mirror.markdown import escape_line
from bot.mirror.plan import Plan


def plan_file(plan: Plan, say: Texts) -> str:
    """Return a plan as markdown: how much of what, every change in its order, and what people deleted for good."""
    counts = [f"- {say.count(f'plan.{action.value}', number)}" for action, number in plan.counts.items()]
    lines = [f"# {say('plan.title')}", "", *counts]
    for _, group in groupby(plan.changes, key=lambda change: change.resource.section):
        lines += ["", *(_line(change, say) for change in group)]
    if plan.missing:
        lines += ["", f"## {say('plan.missing')}", "", *(f"- {escape_line(each.title)}" for each in plan.missing)]
    return "\n".join(lines) + "\n"


def _line(change: Change, say: Texts) -> str:
    kind = say(f"resource.{kind_of(change.resource)}")
    return f"- {say(f'action.{change.action.value}')} {kind} · {escape_line(change.resource.title)}"
