"""The process in words: what a phase allows and to whom, for one person; and the whole table, for the manual. Pure."""

from collections.abc import Iterator

from bot.domain.amendments import Status
from bot.domain.people import Role
from bot.domain.phases import Phase
from bot.domain.process import Rule, process
from bot.locales import Texts


def phase_lines(phase: Phase, say: Texts) -> Iterator[str]:
    """Yield what can be done in a phase, and who may do it."""
    yield say("process.title", phase=say(f"phase.{phase.value}"))
    for rule in process():
        if phase in rule.phases:
            why = f" {say('process.reason')}" if rule.reason else ""
            yield f"- **{say(f'deed.{rule.deed.value}')}**: {_who(rule, say)}{why}"
    yield say("process.reading")


def process_table(say: Texts) -> str:
    """Return the whole table as markdown."""
    head = [say(f"process.{column}") for column in ("deed", "who", "from", "to", "phases")]
    rows = [head, ["---"] * len(head), *(_row(rule, say) for rule in process())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(rule: Rule, say: Texts) -> list[str]:
    reason = f" {say('process.reason')}" if rule.reason else ""
    return [
        f"{say(f'deed.{rule.deed.value}')}{reason}",
        _who(rule, say),
        ", ".join(say(f"status.{status.value}") for status in Status if status in rule.starts) or "–",
        say(f"status.{rule.end.value}") if rule.end is not None else "–",
        ", ".join(say(f"phase.{phase.value}") for phase in rule.phases),
    ]


def _who(rule: Rule, say: Texts) -> str:
    if rule.anyone:
        return say("process.anyone")
    named = [say("process.proposer")] if rule.proposer else []
    return ", ".join([*named, *(say(f"role.{role.value}") for role in Role if role in rule.roles)])
