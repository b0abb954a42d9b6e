"""Telling people what became of what concerns them, without nagging and without revealing anything.

Who wants it is written to directly. Other proposers are mentioned in the section's post about their own amendment, if
they did not hear of it in the meantime. Whoever supports or follows learns it in `/mijn` or with their next answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import structlog

from bot.domain.ids import ProgrammeId, SectionId, Snowflake
from bot.errors import DiscordRefused
from bot.locales import Texts
from bot.mirror.reading import chunks
from bot.mirror.render.cards import card_key
from bot.mirror.render.news import news_line, news_of
from bot.mirror.render.overview import section_key
from bot.services.audience import Audience
from bot.services.finding import text_with
from bot.services.member_rows import News, Notice
from bot.services.mine import Own
from bot.services.ports import Clock, Store, Unit
from bot.services.syncing import Syncing

log = structlog.stdlib.get_logger(__name__)

PUBLIC: Final = frozenset({News.ADMITTED, News.ADVISED})
"""The news that everybody can read on the card anyway. What an amendment became is said at once, and not here."""
_AT_ONCE: Final = 10
"""Pieces of news in one direct message; the rest comes with the next."""
_LIMIT: Final = 2000


class Courier(Protocol):
    """Writes to members directly."""

    async def write(self, member_id: Snowflake, text: str) -> bool:
        """Write to a member; False where they take no messages. Raises `DiscordRefused` where it failed for now."""
        ...


class Tidings:
    """Carries the news that is due at this moment."""

    def __init__(
        self,
        store: Store,
        own: Own,
        courier: Courier,
        syncing: Syncing,
        audience: Audience,
        texts: Mapping[str, Texts],
        clock: Clock,
    ) -> None:
        self._store = store
        self._own = own
        self._courier = courier
        self._syncing = syncing
        self._audience = audience
        self._texts = texts
        self._clock = clock

    async def carry(self, programme_id: ProgrammeId) -> None:
        """Write to who wants to be written to, then let the other proposers be told in the posts.

        The news of a programme that is not open waits until it is.
        """
        if not await self._audience.is_open(programme_id):
            return
        head = await self._store.read(lambda unit: unit.programmes.head(programme_id))
        say = self._texts[head.language]
        await self._write(programme_id, say)
        for section_id in await self._mention(programme_id, say):
            self._syncing.cards_changed(programme_id, section_id)

    async def _write(self, programme_id: ProgrammeId, say: Texts) -> None:
        told: defaultdict[Snowflake, list[Notice]] = defaultdict(list)
        for member_id, notice in await self._own.to_write(programme_id):
            if len(told[member_id]) < _AT_ONCE:
                told[member_id].append(notice)
        for member_id, notices in told.items():
            try:
                await self._write_one(programme_id, member_id, notices, say)
            except DiscordRefused as error:
                log.warning("tidings.failed", reason=error.key)  # whom it was for is nobody's business here

    async def _write_one(
        self, programme_id: ProgrammeId, member_id: Snowflake, notices: Sequence[Notice], say: Texts
    ) -> None:
        lines = [say("news.title"), *(self._line(notice, say) for notice in notices), say("news.stop")]
        if await self._courier.write(member_id, chunks(lines, _LIMIT)[0]):
            await self._own.written([notice.notice_id for notice in notices])
            return
        at = self._clock()
        await self._store.transact(
            lambda unit: unit.members.set_messages(programme_id, member_id, messages=False, at=at)
        )

    def _line(self, notice: Notice, say: Texts) -> str:
        url = self._syncing.link(card_key(notice.amendment))
        return news_line(notice.amendment, notice.news.value, say, url)

    async def _mention(self, programme_id: ProgrammeId, say: Texts) -> Sequence[SectionId]:
        """Let what is due be said with its section, and return those sections."""
        at = self._clock()

        def work(unit: Unit) -> Sequence[SectionId]:
            due = unit.members.to_mention(programme_id, PUBLIC)
            places = {each: section_key(text_with(unit, each)) for each in _sections(due)}
            for notice in due:
                amendment = notice.amendment
                line = news_of(amendment, notice.news.value, say, f"{{link:{card_key(amendment)}}}")
                place = places[amendment.section_id]
                unit.announcements.add(programme_id, place, line, at, mention=amendment.proposer_id)
            unit.members.told([notice.notice_id for notice in due])
            return tuple(places)

        return await self._store.transact(work)


def _sections(notices: Sequence[Notice]) -> Sequence[SectionId]:
    return tuple(dict.fromkeys(notice.amendment.section_id for notice in notices))
