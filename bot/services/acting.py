"""One act of one person on one amendment: judged and carried out in one transaction, once for each interaction.

Who was first wins: the one who comes second is judged by what the first one made of it, and told so.
"""

from collections.abc import Callable, Mapping

from bot.domain.amendments import Amendment
from bot.domain.deeds import ENDS, Deed
from bot.domain.ids import AmendmentId, ProgrammeId, Snowflake
from bot.domain.lifecycle import transition
from bot.domain.people import Actor
from bot.domain.phases import Rules
from bot.domain.rights import acts_for, label
from bot.errors import Refused
from bot.locales import Texts
from bot.services.admission import take_step
from bot.services.deliveries import delivered, note_delivery
from bot.services.finding import amendment_with
from bot.services.judging import demand
from bot.services.ports import Clock, Store, Unit

Change = Callable[[Unit, Amendment, str], None]
"""What an act changes, given the amendment as it is and the moment of the act."""


class Acting:
    """Carries out acts. What the history says is in the programme's language."""

    def __init__(self, store: Store, clock: Clock, texts: Mapping[str, Texts], rules: Rules) -> None:
        self.store = store
        self.clock = clock
        self.rules = rules
        self._texts = texts

    async def act(
        self, deed: Deed, actor: Actor, amendment_id: AmendmentId, interaction_id: Snowflake, change: Change
    ) -> Amendment:
        """Judge and carry out an act, and return the amendment as it is then. Raises `Refused` or `NotFound`.

        The moment is that of the call, not of its turn: a deadline may pass while others are served.
        """
        at = self.clock()

        def work(unit: Unit) -> Amendment:
            if delivered(unit, interaction_id) is None:
                amendment = amendment_with(unit, amendment_id)
                demand(unit, deed, actor, amendment, self.rules, at)
                change(unit, amendment, at)
                note_delivery(unit, interaction_id, amendment_id, at)
            return amendment_with(unit, amendment_id)

        return await self.store.transact(work)

    def step(
        self, unit: Unit, deed: Deed, amendment: Amendment, actor: Actor, at: str, reason: str | None = None
    ) -> Amendment:
        """Take the step of the transition table that a deed is. Who does a proposer's deed for them acts on behalf."""
        taken = transition(amendment.status, ENDS[deed])
        behalf = acts_for(actor, amendment) if taken.proposer else None
        return take_step(unit, amendment, taken, actor=actor, on_behalf=behalf, reason=reason, at=at)

    def note(self, unit: Unit, amendment: Amendment, actor: Actor, at: str, reason: str, behalf: str | None) -> None:
        """Write down in the history what was done to an amendment whose status stays."""
        unit.amendments.record(
            amendment.amendment_id,
            at=at,
            actor=actor.name,
            actor_id=actor.member_id,
            on_behalf=behalf,
            from_status=amendment.status,
            to_status=amendment.status,
            reason=reason,
        )

    def say(self, unit: Unit, amendment: Amendment) -> Texts:
        """Return the sentences in the language of the programme."""
        return self.texts(unit, amendment.programme_id)

    def texts(self, unit: Unit, programme_id: ProgrammeId) -> Texts:
        """Return the sentences in the language of a programme."""
        return self._texts[unit.programmes.head(programme_id).language]


def given(reason: str) -> str:
    """Return a reason without the white space around it. Raises `Refused` where there is none."""
    if not reason.strip():
        raise Refused("refused.no_reason")
    return reason.strip()


def unchanged(amendment: Amendment, seen: int) -> None:
    """Raise `Refused` where an amendment has another version than the one that was shown."""
    if amendment.version != seen:
        raise Refused("refused.changed_meanwhile", reference=label(amendment))
