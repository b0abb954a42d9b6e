"""The secretary acts for people who are not on Discord: proposing for them, and saying who an author of the forum is.

Changing, withdrawing, answering and consenting for them are the proposer's own acts, which the secretary may do too.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.domain.amendments import Amendment, Origin
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor, Role, book_name
from bot.domain.text import normalise
from bot.errors import Refused
from bot.services.acting import Acting
from bot.services.admission import admit
from bot.services.deliveries import delivered, note_delivery
from bot.services.finding import amendment_with, standing, text_with
from bot.services.ideas import Idea, proposal_of
from bot.services.judging import demand, demand_new
from bot.services.member_rows import Invitation
from bot.services.ports import Unit

_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody's word, given elsewhere: who, how it came in, and on which day they consented.

    `member_id` is theirs where they are on Discord: the proposal is theirs to change and to withdraw then.
    """

    name: str
    origin: Origin
    consented: date
    member_id: Snowflake | None = None


class OnBehalf:
    """The acts of the secretary for others."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def demand_open(self, actor: Actor, programme_id: ProgrammeId) -> None:
        """Raise `Refused` where what the secretary begins to write for somebody can't be handed in now."""
        at = self._acting.clock()
        await self._acting.store.read(lambda unit: self._demand_open(unit, actor, programme_id, at))

    def _demand_open(self, unit: Unit, actor: Actor, programme_id: ProgrammeId, at: str) -> None:
        actor.demand(Role.SECRETARY)
        handing_in = replace(actor, roles=actor.roles | {Role.MEMBER})
        demand_new(unit, Deed.SUBMIT, handing_in, programme_id, self._acting.rules, at)

    async def propose(self, actor: Actor, idea: Idea, word: Word, interaction_id: Snowflake) -> Amendment:
        """Hand in somebody else's proposal. The history says who did it for whom, and how the consent came."""
        at = self._acting.clock()

        def work(unit: Unit) -> Amendment:
            if (done := delivered(unit, interaction_id)) is not None:
                return amendment_with(unit, done)
            actor.demand(Role.SECRETARY)
            name = book_name(word.name)[:_LONGEST_NAME]
            if not name:
                raise Refused("refused.no_name")
            rules = self._acting.rules
            section = text_with(unit, idea.section_id)
            self._demand_open(unit, actor, section.programme_id, at)
            standing(unit, section)
            proposal, anchor = proposal_of(idea, section, explained=False)
            amendment = admit(
                unit,
                section.section_id,
                proposal,
                origin=word.origin,
                proposer=name,
                proposer_id=word.member_id,
                actor=actor.name,
                actor_id=actor.member_id,
                anchor=anchor,
                source_post_id=None,
                at=at,
                screening=rules.screening,
            )
            reason = self._acting.say(unit, amendment)("history.word", day=word.consented.isoformat())
            self._acting.note(unit, amendment, actor, at, reason, name)
            note_delivery(unit, interaction_id, amendment.amendment_id, at)
            return amendment

        return await self._acting.store.transact(work)

    async def add_co_proposer(
        self, actor: Actor, amendment_id: AmendmentId, word: Word, interaction_id: Snowflake
    ) -> Amendment:
        """Write down that somebody who is not on Discord consented to be co-proposer."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            actor.demand(Role.SECRETARY)
            demand(unit, Deed.INVITE, actor, amendment, self._acting.rules, at)
            name = book_name(word.name)
            if any(each.name == name and each.member_id is None for each in unit.co_proposers.of(amendment_id)):
                raise Refused("refused.invited_already", name=name)
            unit.co_proposers.invite(amendment_id, None, name, at, state=Invitation.CONSENTED, recorded_by=actor.name)
            reason = self._acting.say(unit, amendment)("history.co_proposer")
            self._acting.note(unit, amendment, actor, at, reason, name)

        return await self._acting.act(Deed.INVITE, actor, amendment_id, interaction_id, change)

    async def link_author(self, actor: Actor, programme_id: ProgrammeId, author: str, member_id: Snowflake) -> int:
        """Say which member an author of the forum is: their amendments are the member's now. Return how many."""
        at = self._acting.clock()

        def work(unit: Unit) -> int:
            actor.demand(Role.SECRETARY)
            return unit.members.link_author(programme_id, normalise(author), member_id, actor, at)

        return await self._acting.store.transact(work)
