"""The committee's advice: written as a draft, published for a chapter or all at once, and answered by the proposer."""

from collections.abc import Sequence
from typing import Final

from bot.domain.amendments import Advice, Amendment
from bot.domain.deeds import Deed
from bot.domain.ids import AmendmentId, ChapterId, ProgrammeId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.rights import acts_for, denial, label
from bot.errors import Refused
from bot.services.acting import Acting
from bot.services.decision_rows import AdviceDraft, Answer
from bot.services.finding import amendment_with
from bot.services.judging import situation_of
from bot.services.member_rows import News
from bot.services.ports import Unit
from bot.services.public_lines import announce_advice

_ADVISERS: Final = frozenset({Role.COMMITTEE, Role.SECRETARY})


class Advising:
    """The acts around advice."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def write(
        self,
        actor: Actor,
        amendment_id: AmendmentId,
        advice: Advice,
        explanation: str,
        interaction_id: Snowflake,
        *,
        text: str = "",
        seen: str | None = None,
    ) -> Amendment:
        """Keep an advice as a draft. `text` is how the amendment would read as modified.

        `seen` is when the draft was written that was shown before: nobody writes over another's unseen.
        """

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            before = unit.advice.draft(amendment_id)
            if before is not None and before.at != seen and before.author != actor.name:
                raise Refused("refused.advised_meanwhile", reference=label(amendment), author=before.author or "")
            if not explanation.strip():
                raise Refused("refused.no_advice_explanation")
            wording = text.strip() if advice in _MODIFYING else ""
            if advice is Advice.ADOPT_AS_MODIFIED and not wording:
                raise Refused("refused.no_final_text", reference=label(amendment))
            if advice is Advice.ADOPT_AS_MODIFIED and wording == amendment.text.strip():
                raise Refused("refused.advice_not_modified", reference=label(amendment))
            unit.advice.save_draft(amendment_id, advice, explanation.strip(), wording or None, actor, at)

        return await self._acting.act(Deed.ADVISE, actor, amendment_id, interaction_id, change)

    async def publish(
        self, actor: Actor, programme_id: ProgrammeId, chapter_id: ChapterId | None = None
    ) -> Sequence[Amendment]:
        """Publish the drafts of a chapter, or all of them, and return the amendments. A second time there are none.

        An advice on what was decided meanwhile stays a draft.
        """
        at = self._acting.clock()

        def work(unit: Unit) -> Sequence[Amendment]:
            if not _ADVISERS & actor.roles:
                raise Refused("refused.role", role=Role.COMMITTEE)
            situation = situation_of(unit, programme_id, self._acting.rules, at)
            published: list[Amendment] = []
            for draft in unit.advice.drafts(programme_id, chapter_id):
                amendment = amendment_with(unit, draft.amendment_id)
                refused = denial(Deed.PUBLISH, actor, amendment, situation)
                if refused is not None and not situation.calendar.allows(Deed.PUBLISH):
                    raise refused.raised()
                if refused is None:
                    self._publish(unit, amendment, draft, actor, at)
                    published.append(amendment_with(unit, draft.amendment_id))
            if not published:
                raise Refused("refused.no_advice_drafts")
            announce_advice(self._acting, unit, published, at)
            return published

        return await self._acting.store.transact(work)

    async def answer(
        self, actor: Actor, amendment_id: AmendmentId, answer: Answer, interaction_id: Snowflake
    ) -> Amendment:
        """Say as the proposer, or for the proposer, whether they agree with the advice."""

        def change(unit: Unit, amendment: Amendment, at: str) -> None:
            if amendment.advice is None:
                raise Refused("refused.no_advice", reference=label(amendment))
            unit.advice.answer(amendment_id, answer, at)
            agrees = answer is Answer.AGREE
            say = self._acting.say(unit, amendment)
            reason = say("history.agrees") if agrees else say("history.disagrees")
            self._acting.note(unit, amendment, actor, at, reason, acts_for(actor, amendment))

        return await self._acting.act(Deed.ANSWER, actor, amendment_id, interaction_id, change)

    def _publish(self, unit: Unit, amendment: Amendment, draft: AdviceDraft, actor: Actor, at: str) -> None:
        unit.advice.publish(draft, at)
        say = self._acting.say(unit, amendment)
        reason = say("history.advised", advice=say(f"advice.{draft.advice.value}"))
        self._acting.note(unit, amendment, actor, at, reason, None)
        unit.members.tell_followers(amendment.amendment_id, News.ADVISED, at, apart_from=actor.member_id)


_MODIFYING: Final = frozenset({Advice.ADOPT_AS_MODIFIED, Advice.EDITORIAL})
"""The kinds of advice that come with a wording: one must, one may."""
