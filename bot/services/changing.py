"""What proposers do with what they proposed: a new version, withdrawing it, and who proposes with them."""

from bot.domain.amendments import Amendment, Status
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.rights import acts_for, denial, label
from bot.errors import NotFound, Refused
from bot.services.acting import Acting, unchanged
from bot.services.deciding import Ruling, rule
from bot.services.finding import standing_section
from bot.services.homes import amendment_for
from bot.services.ideas import Idea, rewritten
from bot.services.judging import situation_of
from bot.services.member_rows import CoProposer, Invitation, News
from bot.services.ports import Unit


class Changing:
    """The acts of proposers, which the secretary can do on their behalf."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def change(
        self, actor: Actor, amendment_id: AmendmentId, idea: Idea, seen: int, interaction_id: Snowflake
    ) -> Amendment:
        """Make a new version. `seen` is the version that was shown, so that nobody writes over what they did not see.

        Support stays; who gave it is told privately. The history says that there is a new version.
        """

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            unchanged(amendment, seen)
            proposal, anchor = rewritten(idea, amendment, standing_section(unit, amendment.section_id))
            same = (proposal.text, proposal.explanation, proposal.kind, proposal.title)
            if same == (amendment.text, amendment.explanation, amendment.kind, amendment.title) and (
                anchor == amendment.anchor
            ):
                raise Refused("refused.nothing_changed", reference=label(amendment))
            number = unit.amendments.add_version(amendment_id, proposal, anchor, at)
            if amendment.status is Status.DRAFT:
                return
            reason = self._acting.say(unit, amendment)("history.version", number=number)
            self._acting.note(unit, amendment, actor, at, reason, acts_for(actor, amendment))
            unit.members.tell_followers(amendment_id, News.VERSION, at, apart_from=actor.member_id)

        return await self._acting.act(Deed.CHANGE, actor, amendment_id, interaction_id, change)

    async def withdraw(
        self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake, *, reason: str = ""
    ) -> Amendment:
        """Withdraw an amendment: its proposer, or the secretary or the chair on the proposer's word."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            rule(self._acting, unit, amendment, Ruling(Deed.WITHDRAW, reason=reason), actor, at)

        return await self._acting.act(Deed.WITHDRAW, actor, amendment_id, interaction_id, change)

    async def invite(
        self, actor: Actor, amendment_id: AmendmentId, member_id: Snowflake, name: str, interaction_id: Snowflake
    ) -> Amendment:
        """Ask a member to be co-proposer. They are named once they consented."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            if member_id == amendment.proposer_id:
                raise Refused("refused.proposer_already", name=name)
            for each in unit.co_proposers.of(amendment_id):
                if each.member_id == member_id and each.state is Invitation.DECLINED:
                    raise Refused("refused.declined_before", name=name)
                if each.member_id == member_id:
                    raise Refused("refused.invited_already", name=name)
            unit.co_proposers.invite(amendment_id, member_id, name, at)
            unit.members.tell(member_id, amendment_id, News.INVITED, at)

        return await self._acting.act(Deed.INVITE, actor, amendment_id, interaction_id, change)

    async def answer_invitation(self, actor: Actor, co_proposer_id: int, *, consent: bool) -> tuple[Amendment, bool]:
        """Consent to be co-proposer, or decline; the flag says whether that is new. A later word replaces the first.

        It must be done while proposers may be asked, but declining, and stepping back, can always be done.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> tuple[Amendment, bool]:
            asked = _asked(unit, co_proposer_id, actor)
            amendment = amendment_for(unit, actor, asked.amendment_id)
            if consent:
                actor.demand(Role.MEMBER)
                self._still_open(unit, amendment, at)
            state = Invitation.CONSENTED if consent else Invitation.DECLINED
            if asked.state is state:
                return amendment, False
            unit.co_proposers.answer(co_proposer_id, state, at)
            if consent:
                reason = self._acting.say(unit, amendment)("history.co_proposer")
                self._acting.note(unit, amendment, actor, at, reason, None)
            return amendment, True

        return await self._acting.store.transact(work)

    def _still_open(self, unit: Unit, amendment: Amendment, at: str) -> None:
        """Raise `Refused` where no co-proposer can be added any more, whoever asks."""
        situation = situation_of(unit, amendment.programme_id, self._acting.rules, at)
        anybody = Actor(amendment.proposer_id or Snowflake(0), "", frozenset({Role.SECRETARY}))
        if refused := denial(Deed.INVITE, anybody, amendment, situation):
            raise refused.raised()


def _asked(unit: Unit, co_proposer_id: int, actor: Actor) -> CoProposer:
    asked = unit.co_proposers.load(co_proposer_id)
    if asked is None:
        raise NotFound("refused.no_invitation")
    if asked.member_id != actor.member_id:
        raise Refused("refused.not_invited")
    return asked
