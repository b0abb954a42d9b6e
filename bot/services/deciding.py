"""Admitting, turning away, deciding and correcting: every step of the table that is not the proposer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.amendments import Amendment, Status
from bot.domain.consequences import Consequence, consequences
from bot.domain.deadlines import later
from bot.domain.deeds import DECISIONS, ENDS, UNDECIDED, Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.lifecycle import transition
from bot.domain.people import Actor, Role
from bot.domain.rights import label
from bot.domain.support import lapsing
from bot.domain.tally import Tally, contradicts
from bot.errors import Refused
from bot.services.acting import Acting, given
from bot.services.admission import take_step
from bot.services.comparing import neighbours
from bot.services.finding import amendment_with
from bot.services.member_rows import News
from bot.services.ports import Unit
from bot.services.public_lines import announce_correction, announce_standing

_NEWS: Final = {
    Deed.LAPSE: News.LAPSED,
    Deed.WITHDRAW: News.WITHDRAWN,
}
_MANY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the chair says of an amendment. `final_text` comes with *adopted as modified*, and only there."""

    deed: Deed
    final_text: str = ""
    tally: Tally | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: `contradicted` by the votes, and what must be asked about others."""

    amendment: Amendment
    contradicted: bool = False
    consequences: tuple[Consequence, ...] = ()


class Deciding:
    """The steps of secretary, committee and chair."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def admit(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> Amendment:
        """Open what was submitted: it gets its reference."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            self._acting.step(unit, Deed.ADMIT, amendment, actor, at)
            _tell_proposer(unit, amendment, News.ADMITTED, at)

        return await self._acting.act(Deed.ADMIT, actor, amendment_id, interaction_id, change)

    async def give_back(
        self, actor: Actor, amendment_id: AmendmentId, reason: str, interaction_id: Snowflake
    ) -> Amendment:
        """Give a proposal back to be mended; its proposer has the repair time for it, past the deadline too."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            self._acting.step(unit, Deed.RETURN, amendment, actor, at, given(reason))
            unit.amendments.set_repair(amendment_id, later(at, self._acting.rules.repair))
            _tell_proposer(unit, amendment, News.RETURNED, at)

        return await self._acting.act(Deed.RETURN, actor, amendment_id, interaction_id, change)

    async def turn_away(
        self, actor: Actor, amendment_id: AmendmentId, reason: str, interaction_id: Snowflake
    ) -> Amendment:
        """Do not admit a proposal."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            self._acting.step(unit, Deed.TURN_AWAY, amendment, actor, at, given(reason))
            _tell_proposer(unit, amendment, News.TURNED_AWAY, at)

        return await self._acting.act(Deed.TURN_AWAY, actor, amendment_id, interaction_id, change)

    async def take_over(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> Amendment:
        """Take an amendment over into the text without a vote, where the party allows it."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            taken = self._acting.step(unit, Deed.TAKE_OVER, amendment, actor, at)
            announce_standing(self._acting, unit, taken, at)
            unit.members.tell_followers(amendment_id, News.TAKEN_OVER, at, apart_from=actor.member_id)

        return await self._acting.act(Deed.TAKE_OVER, actor, amendment_id, interaction_id, change)

    async def ask_vote(self, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake) -> Amendment:
        """Ask that the assembly votes on what the committee took over: it is open again."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            reopened = self._acting.step(unit, Deed.ASK_VOTE, amendment, actor, at)
            announce_standing(self._acting, unit, reopened, at, "announce.vote")
            unit.meetings.ask_to_discuss(amendment_id, actor.member_id, at)

        return await self._acting.act(Deed.ASK_VOTE, actor, amendment_id, interaction_id, change)

    async def decide(
        self, actor: Actor, amendment_id: AmendmentId, ruling: Ruling, interaction_id: Snowflake
    ) -> Decided:
        """Give the outcome of an amendment. The chair's word stands, whatever the votes say."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            rule(self._acting, unit, amendment, ruling, actor, at)

        amendment = await self._acting.act(ruling.deed, actor, amendment_id, interaction_id, change)
        return await self.outcome(amendment, ruling.tally)

    async def outcome(self, amendment: Amendment, tally: Tally | None = None) -> Decided:
        """Return what must be told and asked of an amendment that was just decided or corrected."""
        return await self._acting.store.read(lambda unit: self._decided(unit, amendment, tally))

    async def correct(
        self,
        actor: Actor,
        amendment_id: AmendmentId,
        end: Status,
        reason: str,
        interaction_id: Snowflake,
        *,
        final_text: str = "",
    ) -> Amendment:
        """Put an amendment where it belongs: any status, by the secretary, with a reason that everybody can read."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            why = given(reason)
            if amendment.status is end:
                raise Refused("refused.stands_already", reference=label(amendment), status=end)
            if end is Status.MERGED or end is Status.DRAFT:
                raise Refused("refused.correct_to", status=end)
            why = self._acting.say(unit, amendment)("history.correction", reason=why)
            step = transition(amendment.status, end)
            if (standing := unit.decisions.standing(amendment_id)) is not None:
                unit.decisions.undo(standing.decision_id, at)
            take_step(unit, amendment, step, actor=actor, on_behalf=None, reason=why, at=at)
            decision_id = None
            if end in _OUTCOMES:
                decision_id = _keep(unit, amendment, end, _final_text(end, final_text, amendment), None, None, at)
            unit.amendments.set_merged(amendment_id, None)
            corrected = amendment_with(unit, amendment_id)
            announce_correction(self._acting, unit, corrected, standing, decision_id, at)
            unit.members.tell_followers(amendment_id, News.CORRECTED, at, apart_from=actor.member_id)

        return await self._acting.act(Deed.CORRECT, actor, amendment_id, interaction_id, change)

    async def lapse_by_clock(self, programme_id: ProgrammeId) -> Sequence[Amendment]:
        """Let lapse what stayed below the minimum of supporters at its deadline. Safe to call at any time."""
        at = self._acting.clock()

        def work(unit: Unit) -> Sequence[Amendment]:
            calendar = unit.phases.calendar(programme_id)
            still = unit.amendments.waiting(programme_id, frozenset({Status.OPEN}), _MANY)
            due = lapsing(still, calendar, self._acting.rules, at)
            for amendment in due:
                reason = self._acting.say(unit, amendment)(
                    "history.few_supporters", support=amendment.support, minimum=self._acting.rules.minimum_support
                )
                step = transition(amendment.status, Status.LAPSED)
                lapsed = take_step(unit, amendment, step, actor=None, on_behalf=None, reason=reason, at=at)
                announce_standing(self._acting, unit, lapsed, at, "announce.lapsed")
                unit.members.tell_followers(amendment.amendment_id, News.LAPSED, at)
            return due

        return await self._acting.store.transact(work)

    def _decided(self, unit: Unit, amendment: Amendment, tally: Tally | None) -> Decided:
        others = neighbours(unit, amendment, _MANY)
        contradicted = contradicts(tally, amendment.status, tie_rejects=self._acting.rules.tie_rejects)
        return Decided(amendment, contradicted, consequences(amendment, others))


_OUTCOMES: Final = frozenset(ENDS[deed] for deed in DECISIONS)


def rule(
    acting: Acting, unit: Unit, amendment: Amendment, ruling: Ruling, actor: Actor, at: str, batch: int | None = None
) -> int:
    """Carry out a ruling that was found to be allowed, and return the decision's id.

    What a proposer withdraws is no decision of the meeting (0), and so not the meeting's to undo.
    """
    end = ENDS[ruling.deed]
    final_text = _final_text(end, ruling.final_text, amendment)
    acting.step(unit, ruling.deed, amendment, actor, at, ruling.reason.strip() or None)
    unit.members.tell_followers(
        amendment.amendment_id, _NEWS.get(ruling.deed, News.DECIDED), at, apart_from=actor.member_id
    )
    own_act = ruling.deed is Deed.WITHDRAW and Role.CHAIR not in actor.roles
    if own_act or amendment.status not in UNDECIDED:
        return 0
    decision_id = _keep(unit, amendment, end, final_text, ruling.tally, batch, at)
    announce_standing(acting, unit, amendment_with(unit, amendment.amendment_id), at, decision_id=decision_id)
    return decision_id


def _keep(
    unit: Unit,
    amendment: Amendment,
    outcome: Status,
    final_text: str | None,
    tally: Tally | None,
    batch: int | None,
    at: str,
) -> int:
    return unit.decisions.add(
        amendment.amendment_id,
        before=amendment.status,
        outcome=outcome,
        final_text=final_text,
        tally=tally,
        batch=batch,
        at=at,
    )


def _final_text(end: Status, text: str, amendment: Amendment) -> str | None:
    """Return the text as it was decided. Raises `Refused` where it must come and does not, or is what was proposed."""
    if end is not Status.ADOPTED_AS_MODIFIED:
        return None
    if not text.strip():
        raise Refused("refused.no_final_text", reference=label(amendment))
    if text.strip() == amendment.text.strip():
        raise Refused("refused.not_modified", reference=label(amendment))
    return text.strip()


def _tell_proposer(unit: Unit, amendment: Amendment, news: News, at: str) -> None:
    if amendment.proposer_id is not None:
        unit.members.tell(amendment.proposer_id, amendment.amendment_id, news, at)
