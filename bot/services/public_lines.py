"""What is said in public of where an amendment stands, and of advice that was published.

Nobody is named but who proposed. What was said and does not hold any more is taken back by another line.
"""

from collections.abc import Sequence

from bot.domain.amendments import Amendment
from bot.mirror.channels import OVERVIEW
from bot.mirror.markdown import link
from bot.mirror.render.cards import card_key
from bot.mirror.render.overview import section_key
from bot.mirror.render.wording import proposer_of, reference_of, sentence, status_of, title_of
from bot.services.acting import Acting
from bot.services.decision_rows import Decision
from bot.services.finding import text_with
from bot.services.ports import Unit


def announce_standing(
    acting: Acting,
    unit: Unit,
    amendment: Amendment,
    at: str,
    key: str = "announce.decided",
    *,
    decision_id: int | None = None,
) -> None:
    """Let it be said with the section where an amendment stands now, to the one who proposed it.

    `key` is the sentence that says how it came so. A line about a decision is dropped with it while it is unsaid.
    """
    if not amendment.public:
        return
    say = acting.say(unit, amendment)
    outcome = say(
        key,
        reference=link(reference_of(amendment, say), f"{{link:{card_key(amendment)}}}"),
        title=title_of(amendment),
        status=status_of(amendment, say),
        into=amendment.into or "",
    )
    proposer = None if amendment.proposer_id is not None else proposer_of(amendment, say)
    unit.announcements.add(
        amendment.programme_id,
        section_key(text_with(unit, amendment.section_id)),
        sentence(outcome, proposer),
        at,
        mention=amendment.proposer_id,
        decision_id=decision_id,
    )


def announce_undone(acting: Acting, unit: Unit, amendment: Amendment, decision_id: int, at: str) -> None:
    """Let it be said that a decision holds no more, unless nobody can have read that it was taken."""
    if not unit.announcements.drop(decision_id):
        announce_standing(acting, unit, amendment, at, "announce.undone")


def announce_correction(
    acting: Acting, unit: Unit, amendment: Amendment, before: Decision | None, decision_id: int | None, at: str
) -> None:
    """Let a correction be said; `before` is the decision it takes the place of.

    Where nobody can have read of that and all is again as it was before it, there is nothing to say.
    """
    unsaid = before is not None and unit.announcements.drop(before.decision_id)
    if not (unsaid and before is not None and amendment.status is before.before):
        announce_standing(acting, unit, amendment, at, "announce.corrected", decision_id=decision_id)


def announce_advice(acting: Acting, unit: Unit, published: Sequence[Amendment], at: str) -> None:
    """Let it be said in the overview that there is advice to read, and in which chapters."""
    programme_id = published[0].programme_id
    sections = {each.section_id for each in published}
    outline = unit.programmes.outline(programme_id)
    chapters = ", ".join(dict.fromkeys(line.chapter_code for line in outline if line.section_id in sections))
    say = acting.say(unit, published[0])
    line = say.count("announce.advised", len(published), chapters=chapters)
    unit.announcements.add(programme_id, OVERVIEW, line, at)
