"""Carrying out what somebody asked for: from the fields of a form to the service that does it, a line for each deed.

Nothing is decided here; services judge again at this moment. What came of it is a `Done`, which is shown elsewhere.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import discord

from bot.domain.amendments import Advice, Amendment, Origin, Status
from bot.domain.consequences import Consequence
from bot.domain.deeds import DECISIONS, Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.people import Actor
from bot.domain.rights import label
from bot.domain.tally import Tally
from bot.errors import Refused
from bot.services.advising import Advising
from bot.services.behalf import OnBehalf, Word
from bot.services.changing import Changing
from bot.services.deciding import Deciding, Ruling
from bot.services.decision_rows import Answer
from bot.services.dossiers import Dossiers
from bot.services.ideas import Idea
from bot.services.merging import MergeState, Merging
from bot.services.mine import Own
from cogs.act_forms import draft_seen, final_text_of

_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Errand:
    """One press or form. `carried` is what travelled in the custom id, `names` how the guild knows who was chosen."""

    actor: Actor
    programme_id: ProgrammeId
    amendment_id: AmendmentId
    interaction_id: Snowflake
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    carried: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def said(self, name: str) -> str:
        """Return what was filled in under a name."""
        return self.typed.get(name, "")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it. `key` is the sentence that says so, None where the status says it all."""

    amendment: Amendment
    key: str | None = None
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    contradicted: bool = False
    consequences: Sequence[Consequence] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """What carries deeds out."""

    dossiers: Dossiers
    deciding: Deciding
    advising: Advising
    changing: Changing
    merging: Merging
    own: Own
    behalf: OnBehalf


class DeedsDone:
    """Does one deed for one person."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ways: Mapping[Deed, Callable[[Errand], Awaitable[Done]]] = {
            Deed.CHANGE: self._change,
            Deed.INVITE: self._invite,
            Deed.FOLLOW: self._follow,
            Deed.ADMIT: self._admit,
            Deed.RETURN: self._give_back,
            Deed.TURN_AWAY: self._turn_away,
            Deed.ADVISE: self._advise,
            Deed.ANSWER: self._answer,
            Deed.TAKE_OVER: self._take_over,
            Deed.MERGE: self._merge,
            Deed.ASK_VOTE: self._ask_vote,
            Deed.DISCUSS: self._discuss,
            Deed.CORRECT: self._correct,
        }

    async def do(self, deed: Deed, errand: Errand) -> Done:
        """Carry a deed out. Raises `Refused` or `NotFound`."""
        if deed in DECISIONS:
            return await self._decide(deed, errand)
        return await self._ways[deed](errand)

    async def _decide(self, deed: Deed, errand: Errand) -> Done:
        dossier = await self._services.dossiers.read(errand.actor, errand.amendment_id)
        text = errand.said("final_text").strip()
        if deed is not Deed.ADOPT_AS_MODIFIED and text and text != final_text_of(dossier).strip():
            raise Refused("refused.text_not_taken", reference=label(dossier.amendment))
        ruling = Ruling(deed, text, tally_in(errand.said("tally")), errand.said("reason"))
        decided = await self._services.deciding.decide(errand.actor, errand.amendment_id, ruling, errand.interaction_id)
        return Done(decided.amendment, contradicted=decided.contradicted, consequences=decided.consequences)

    async def _change(self, errand: Errand) -> Done:
        before = (await self._services.dossiers.read(errand.actor, errand.amendment_id)).amendment
        idea = Idea(
            before.section_id,
            before.kind,
            before.anchor.block_id if before.anchor is not None else None,
            errand.said("text"),
            errand.said("explanation"),
            errand.said("title"),
        )
        amendment = await self._services.changing.change(
            errand.actor, errand.amendment_id, idea, int(errand.carried), errand.interaction_id
        )
        key = "act.changed_draft" if amendment.status is Status.DRAFT else "act.changed"
        return Done(amendment, key, {"number": amendment.version})

    async def _invite(self, errand: Errand) -> Done:
        member, name = errand.said("member"), errand.said("name")
        if member:
            asked = errand.names.get(member, member)
            amendment = await self._services.changing.invite(
                errand.actor, errand.amendment_id, Snowflake(int(member)), asked, errand.interaction_id
            )
            return Done(amendment, "act.invited", {"name": asked})
        if not name.strip():
            raise Refused("refused.nobody_chosen")
        word = Word(name, Origin.PAPER, discord.utils.snowflake_time(errand.interaction_id).date())
        amendment = await self._services.behalf.add_co_proposer(
            errand.actor, errand.amendment_id, word, errand.interaction_id
        )
        return Done(amendment, "act.recorded", {"name": name.strip()})

    async def _follow(self, errand: Errand) -> Done:
        if errand.carried == "no":
            await self._services.own.unfollow(errand.actor, errand.amendment_id)
            dossier = await self._services.dossiers.read(errand.actor, errand.amendment_id)
            return Done(dossier.amendment, "act.unfollowed")
        amendment, _ = await self._services.own.follow(errand.actor, errand.amendment_id)
        return Done(amendment, "act.followed")

    async def _admit(self, errand: Errand) -> Done:
        return Done(await self._services.deciding.admit(errand.actor, errand.amendment_id, errand.interaction_id))

    async def _give_back(self, errand: Errand) -> Done:
        amendment = await self._services.deciding.give_back(
            errand.actor, errand.amendment_id, errand.said("reason"), errand.interaction_id
        )
        return Done(amendment, "act.given_back")

    async def _turn_away(self, errand: Errand) -> Done:
        return Done(
            await self._services.deciding.turn_away(
                errand.actor, errand.amendment_id, errand.said("reason"), errand.interaction_id
            )
        )

    async def _advise(self, errand: Errand) -> Done:
        amendment = await self._services.advising.write(
            errand.actor,
            errand.amendment_id,
            Advice(errand.said("advice")),
            errand.said("explanation"),
            errand.interaction_id,
            text=errand.said("wording"),
            seen=draft_seen(errand.carried),
        )
        return Done(amendment, "act.advised")

    async def _answer(self, errand: Errand) -> Done:
        answer = Answer(errand.carried)
        amendment = await self._services.advising.answer(
            errand.actor, errand.amendment_id, answer, errand.interaction_id
        )
        return Done(amendment, f"act.answered.{answer.value}")

    async def _take_over(self, errand: Errand) -> Done:
        return Done(await self._services.deciding.take_over(errand.actor, errand.amendment_id, errand.interaction_id))

    async def _merge(self, errand: Errand) -> Done:
        into = await self._services.dossiers.find(errand.actor, errand.programme_id, errand.said("other"))
        state = await self._services.merging.ask(errand.actor, errand.amendment_id, into, errand.interaction_id)
        return merging(state)

    async def _ask_vote(self, errand: Errand) -> Done:
        return Done(await self._services.deciding.ask_vote(errand.actor, errand.amendment_id, errand.interaction_id))

    async def _discuss(self, errand: Errand) -> Done:
        amendment, _ = await self._services.own.discuss(errand.actor, errand.amendment_id)
        return Done(amendment, "act.discussed")

    async def _correct(self, errand: Errand) -> Done:
        amendment = await self._services.deciding.correct(
            errand.actor,
            errand.amendment_id,
            Status(errand.said("status")),
            errand.said("reason"),
            errand.interaction_id,
            final_text=errand.said("final_text"),
        )
        return Done(amendment, consequences=(await self._services.deciding.outcome(amendment)).consequences)


def merging(state: MergeState) -> Done:
    """Return how a merging stands."""
    if state.done:
        return Done(state.amendment)
    names = ", ".join(each.name or "…" for each in state.waiting)
    return Done(state.amendment, "act.merge.waits", {"into": label(state.into), "names": names})


def tally_in(typed: str) -> Tally | None:
    """Return the votes that somebody typed: for, against and perhaps abstained, in that order. None for nothing.

    Raises `Refused` for anything else than two or three numbers.
    """
    if not typed.strip():
        return None
    numbers = [int(found) for found in _NUMBER.findall(typed)]
    if not 2 <= len(numbers) <= 3 or max(numbers) > 1_000_000:
        raise Refused("refused.tally")
    return Tally(*numbers)
