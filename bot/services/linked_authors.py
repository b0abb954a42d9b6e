"""Which members the authors of the forum are, as far as the secretary said so."""

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.text import normalise
from bot.services.ports import Unit


class LinkedAuthors:
    """The authors of one programme's forum. A name is the same in upper and lower case."""

    def __init__(self, unit: Unit, programme_id: ProgrammeId) -> None:
        linked = unit.members.authors(programme_id)
        self._members = {author.casefold(): member_id for author, member_id in linked.items()}

    def member(self, author: str | None) -> Snowflake | None:
        """Return who wrote something, or None where nobody said so."""
        return self._members.get(normalise(author).casefold()) if author else None
