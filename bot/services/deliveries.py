"""Which amendment an interaction was about. Discord may deliver one twice; the second time changes nothing."""

import json

from bot.domain.ids import AmendmentId, Snowflake
from bot.services.ports import Unit


class Delivered(Exception):  # noqa: N818 - no error: it undoes what was done a second time
    """Ends a transaction of an interaction that was handled before, about this amendment."""

    def __init__(self, amendment_id: AmendmentId) -> None:
        super().__init__(amendment_id)
        self.amendment_id = amendment_id


def delivered(unit: Unit, interaction_id: Snowflake) -> AmendmentId | None:
    """Return the amendment that an interaction was about, or None for one that was not handled yet."""
    outcome = unit.interactions.outcome(interaction_id)
    return None if outcome is None else AmendmentId(json.loads(outcome)["amendment"])


def note_delivery(unit: Unit, interaction_id: Snowflake, amendment_id: AmendmentId, at: str) -> bool:
    """Write down that an interaction is handled, in the transaction that handles it; False where it was before."""
    return unit.interactions.remember(interaction_id, f'{{"amendment": {amendment_id}}}', at)


def note_first(unit: Unit, interaction_id: Snowflake, amendment_id: AmendmentId, at: str) -> None:
    """Write down that an interaction is handled. Raises `Delivered` where it was before: nothing of this is to stay."""
    if not note_delivery(unit, interaction_id, amendment_id, at):
        raise Delivered(delivered(unit, interaction_id) or amendment_id)
