"""What is said in public of a decision and of advice that was published. Nobody is named but who proposed."""

from collections.abc import Sequence

from bot.domain.amendments import Amendment
from bot.mirror.channels import OVERVIEW
from bot.mirror.markdown import link
from bot.mirror.render.cards import card_key
from bot.mirror.render.overview import section_key
from bot.mirror.render.wording import proposer_of, reference_of, sentence, status_of, title_of
from bot.services.acting import Acting
from bot.services.finding import text_with
from bot.services.ports import Unit


def announce_decision(acting: Acting, unit: Unit, amendment: Amendment, decision_id: int, at: str) -> None:
    """Let it be said with the section what was decided, to the one who proposed it."""
    if not amendment.public:
        return
    say = acting.say(unit, amendment)
    name = link(reference_of(amendment, say), f"{{link:{card_key(amendment)}}}")
    outcome = say("announce.decided", reference=name, title=title_of(amendment), status=status_of(amendment, say))
    proposer = None if amendment.proposer_id is not None else proposer_of(amendment, say)
    unit.announcements.add(
        unit.amendments.programme_of(amendment.amendment_id),
        section_key(text_with(unit, amendment.section_id)),
        sentence(outcome, proposer),
        at,
        mention=amendment.proposer_id,
        decision_id=decision_id,
    )


def announce_advice(acting: Acting, unit: Unit, published: Sequence[Amendment], at: str) -> None:
    """Let it be said in the overview that there is advice to read, and in which chapters."""
    programme_id = unit.amendments.programme_of(published[0].amendment_id)
    sections = {each.section_id for each in published}
    outline = unit.programmes.outline(programme_id)
    chapters = ", ".join(dict.fromkeys(line.chapter_code for line in outline if line.section_id in sections))
    say = acting.say(unit, published[0])
    line = say.count("announce.advised", len(published), chapters=chapters)
    unit.announcements.add(programme_id, OVERVIEW, line, at)
