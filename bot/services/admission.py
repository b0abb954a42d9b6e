"""How a proposal comes in: from draft or from outside to *submitted*, and where nobody screens, at once to *open*.

And how one is turned away, or taken up again. The reference is issued at the step to *open*; a correction that goes
past it issues it too, for what was decided must be found.
"""

from dataclasses import replace

from bot.domain.amendments import Amendment, Anchor, Objection, Origin, Proposal, Status
from bot.domain.ids import AmendmentId, PostId, SectionId, Snowflake
from bot.domain.lifecycle import Transition, arrival
from bot.domain.people import Actor
from bot.domain.rights import acts_for
from bot.domain.titles import title_of
from bot.services.ports import Unit


def admit(
    unit: Unit,
    section_id: SectionId,
    proposal: Proposal,
    *,
    origin: Origin,
    proposer: str | None,
    proposer_id: Snowflake | None,
    actor: str | None,
    actor_id: Snowflake | None = None,
    anchor: Anchor | None,
    source_post_id: PostId | None,
    at: str,
    screening: bool,
    objection: Objection | None = None,
) -> Amendment:
    """Store a proposal that was never a draft here and take it as far as screening lets it.

    `actor` is who handed it in. Somebody else than the proposer acts on the proposer's behalf. With an `objection` it
    waits for a person in any case.
    """
    steps = arrival(None, screening=screening or objection is not None)
    amendment = unit.amendments.add(
        section_id,
        titled(proposal),
        status=steps[0].end,
        origin=origin,
        proposer=proposer,
        proposer_id=proposer_id,
        anchor=anchor,
        source_post_id=source_post_id,
        at=at,
    )
    amendment_id = amendment.amendment_id
    if objection is not None:
        unit.amendments.set_objection(amendment_id, objection)
    on_behalf = proposer if actor != proposer else None
    for step in steps:
        _take(unit, amendment_id, step, at=at, actor=actor, actor_id=actor_id, on_behalf=on_behalf)
    return _loaded(unit, amendment_id)


def file_draft(unit: Unit, amendment: Amendment, *, actor: Actor, at: str, screening: bool) -> Amendment:
    """Hand in a draft, one's own or for who can't, and take it as far as screening lets it."""
    for step in arrival(Status.DRAFT, screening=screening):
        _take(
            unit,
            amendment.amendment_id,
            step,
            at=at,
            actor=actor.name,
            actor_id=actor.member_id,
            on_behalf=acts_for(actor, amendment),
        )
    return _loaded(unit, amendment.amendment_id)


def take_step(
    unit: Unit,
    amendment: Amendment,
    step: Transition,
    *,
    actor: Actor | None,
    on_behalf: str | None,
    reason: str | None,
    at: str,
) -> Amendment:
    """Take a step that a person takes, or the clock (None), with the reason for it."""
    _take(
        unit,
        amendment.amendment_id,
        step,
        at=at,
        actor=actor.name if actor is not None else None,
        actor_id=actor.member_id if actor is not None else None,
        on_behalf=on_behalf,
        reason=reason,
    )
    return _loaded(unit, amendment.amendment_id)


def titled(proposal: Proposal) -> Proposal:
    """Return the proposal with a title made of its own words where it came without one."""
    if proposal.title and proposal.title.strip():
        return proposal
    return replace(proposal, title=title_of(proposal.text or proposal.old_text or proposal.explanation))


def _take(
    unit: Unit,
    amendment_id: AmendmentId,
    step: Transition,
    *,
    at: str,
    actor: str | None,
    actor_id: Snowflake | None,
    on_behalf: str | None,
    reason: str | None = None,
) -> None:
    if step.end.public and step.end is not Status.WITHDRAWN:
        unit.amendments.issue_reference(amendment_id)
    unit.amendments.set_status(amendment_id, step.end)
    unit.amendments.record(
        amendment_id,
        at=at,
        actor=actor,
        actor_id=actor_id,
        on_behalf=on_behalf,
        from_status=step.start,
        to_status=step.end,
        reason=reason,
    )


def _loaded(unit: Unit, amendment_id: AmendmentId) -> Amendment:
    amendment = unit.amendments.load(amendment_id)
    if amendment is None:
        raise LookupError(amendment_id)
    return amendment
