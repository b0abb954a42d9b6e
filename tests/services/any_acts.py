"""Everything that people do with amendments, each act drawn with what it needs. What is refused raises `UserError`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.domain.amendments import Advice, Amendment, Kind, Origin, Status
from bot.domain.deadlines import Deadline
from bot.domain.deeds import DECISIONS
from bot.domain.ids import AmendmentId, BlockId, SectionId, Snowflake
from bot.domain.people import Actor, Role
from bot.domain.phases import Phase, Rules
from bot.services.advising import Advising
from bot.services.amending import Amending
from bot.services.behalf import OnBehalf, Word
from bot.services.changing import Changing
from bot.services.deciding import Deciding, Ruling
from bot.services.decision_rows import Answer
from bot.services.fixing import fix_text
from bot.services.ideas import Idea
from bot.services.linking import Linking
from bot.services.meeting import MeetingLead
from bot.services.merging import Merging
from bot.services.mine import Own
from bot.services.phasing import Phasing, Wish
from bot.services.privacy import Privacy
from bot.services.projecting import Projecting
from db.database import Database
from tests.services.acts import ADMIN, CHAIR, COMMITTEE, FIRST, HERMAN, SECRETARY, TEXTS, ZUHAL, acting
from tests.services.readings import Hours

ANYTHING = Actor(Snowflake(12), "Alles", frozenset(Role))
PEOPLE = (ZUHAL, HERMAN, SECRETARY, COMMITTEE, CHAIR, ADMIN, ANYTHING)
TEXT = ("Nieuw.", "Anders.", "Er komen tien wijkagenten bij.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One act: what, by whom, on which amendments, and numbers out of which all else is chosen."""

    what: str
    who: int
    one: int
    other: int
    pick: int
    again: bool


class Doing:
    """Does acts on a programme, the time passing with each."""

    def __init__(self, database: Database, section_id: SectionId, blocks: list[BlockId], *, screening: bool) -> None:
        self.hours = Hours()
        self._database = database
        self._section_id = section_id
        self._blocks: list[BlockId | None] = [None, *blocks]
        rules = Rules(screening=screening, take_over=True, minimum_support=1)
        self._acting = acting(database, rules, self.hours)
        self._amending = Amending(database, self.hours, rules=rules)
        self._changing = Changing(self._acting)
        self._deciding = Deciding(self._acting)
        self._merging = Merging(self._acting)
        self._advising = Advising(self._acting)
        self._lead = MeetingLead(self._acting)
        self._own = Own(self._acting)
        self._phasing = Phasing(self._acting, fix_text)
        self._linking = Linking(database, self.hours, TEXTS, screening=screening)
        self.acts: Mapping[str, Callable[[Actor, Amendment, Drawn, Snowflake], Awaitable[object]]] = {
            name.removeprefix("do_"): getattr(self, name) for name in dir(self) if name.startswith("do_")
        }

    async def do(self, drawn: Drawn, amendments: list[Amendment], press: Snowflake) -> None:
        """Do one act; `again` delivers it a second time."""
        self.hours.pass_by(hours=1)
        actor = PEOPLE[drawn.who] if drawn.who < len(PEOPLE) else ANYTHING  # who may do it all gets farther
        amendment = amendments[drawn.one % len(amendments)]
        for _ in range(1 + drawn.again):
            await self.acts[drawn.what](actor, amendment, self._other(drawn, amendments), press)

    def _other(self, drawn: Drawn, amendments: list[Amendment]) -> Drawn:
        other = amendments[drawn.other % len(amendments)].amendment_id
        return Drawn(drawn.what, drawn.who, drawn.one, other, drawn.pick, drawn.again)

    def _idea(self, drawn: Drawn) -> Idea:
        kind = (Kind.INSERT, Kind.REPLACE, Kind.DELETE)[drawn.pick % 3]
        block = self._blocks[drawn.pick % len(self._blocks)]
        return Idea(self._section_id, kind, block, TEXT[drawn.pick % 3], "Daarom.", "")

    async def do_draft(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del amendment
        await self._amending.draft(actor, self._idea(drawn), press)

    async def do_redraft(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        await self._amending.redraft(actor, amendment.amendment_id, self._idea(drawn), press)

    async def do_file(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del drawn
        await self._amending.file(actor, amendment.amendment_id, press)

    async def do_change(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        await self._changing.change(actor, amendment.amendment_id, self._idea(drawn), amendment.version, press)

    async def do_withdraw(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del drawn
        await self._changing.withdraw(actor, amendment.amendment_id, press)

    async def do_support(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        give = self._amending.unsupport if drawn.pick % 4 == 0 else self._amending.support
        await give(actor, amendment.amendment_id, press)

    async def do_invite(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        asked = PEOPLE[drawn.pick % len(PEOPLE)]
        await self._changing.invite(actor, amendment.amendment_id, asked.member_id, asked.name, press)

    async def do_consent(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del press
        found = await self._database.read(lambda unit: unit.co_proposers.of(amendment.amendment_id))
        for each in found:
            await self._changing.answer_invitation(actor, each.co_proposer_id, consent=drawn.pick % 3 > 0)

    async def do_screen(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        match drawn.pick % 4:
            case 0:
                await self._deciding.give_back(actor, amendment.amendment_id, "Welk punt?", press)
            case 1:
                await self._deciding.turn_away(actor, amendment.amendment_id, "Gaat hier niet over.", press)
            case _:
                await self._deciding.admit(actor, amendment.amendment_id, press)

    async def do_take_over(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        take = self._deciding.ask_vote if drawn.pick % 3 == 0 else self._deciding.take_over
        await take(actor, amendment.amendment_id, press)

    async def do_advise(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        advice = list(Advice)[drawn.pick % len(Advice)]
        await self._advising.write(actor, amendment.amendment_id, advice, "Omdat.", press, text="Zo is het beter.")

    async def do_publish(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del amendment, drawn, press
        await self._advising.publish(actor, FIRST)

    async def do_answer(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        answer = list(Answer)[drawn.pick % 2]
        await self._advising.answer(actor, amendment.amendment_id, answer, press)

    async def do_merge(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        await self._merging.ask(actor, amendment.amendment_id, AmendmentId(drawn.other), press)

    async def do_agree(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del press
        if drawn.pick % 8 == 0:
            await self._merging.refuse(actor, amendment.amendment_id)
        waiting = (await self._merging.state(amendment.amendment_id)).waiting
        for each in waiting:
            await self._merging.record_consent(actor, amendment.amendment_id, each.consent_id)

    async def do_attend(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del press
        attend = (self._own.follow, self._own.unfollow, self._own.discuss)[drawn.pick % 3]
        await attend(actor, amendment.amendment_id)

    async def do_decide(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        ruling = Ruling(DECISIONS[drawn.pick % len(DECISIONS)], "Besloten.")
        await self._deciding.decide(actor, amendment.amendment_id, ruling, press)

    async def do_meet(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del press
        match drawn.pick % 5:
            case 0:
                await self._lead.order(actor, FIRST)
                await Projecting(self._acting).next(actor, FIRST)
            case 1:
                await self._lead.order(actor, FIRST)
                await self._lead.hammer(actor, FIRST)
            case 2 | 3:
                last = await self._lead.last(FIRST)
                await self._lead.undo(actor, FIRST, last[0].decision_id if last else 0, "Verkeerd geteld.")
            case _:
                await Projecting(self._acting).next(actor, FIRST, amendment.reference or "")

    async def do_correct(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        end = list(Status)[drawn.pick % len(Status)]
        await self._deciding.correct(actor, amendment.amendment_id, end, "Fout.", press, final_text="Besloten.")

    async def do_behalf(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        word = Word("Opa Bakker", Origin.PAPER, self.hours.now.date())
        behalf = OnBehalf(self._acting)
        match drawn.pick % 4:
            case 0:
                await behalf.add_co_proposer(actor, amendment.amendment_id, word, press)
            case 1:
                await behalf.link_author(actor, FIRST, "Opa Bakker", HERMAN.member_id)
            case _:
                await behalf.propose(actor, self._idea(drawn), word, press)

    async def do_move(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        idea = self._idea(drawn)
        await self._linking.move(actor, FIRST, amendment.amendment_id, idea.block_id, press)

    async def do_phase(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del amendment, press
        calendar = await self._phasing.calendar(FIRST)
        day = self.hours.now.date() if drawn.pick % 2 else None
        days = {list(Deadline)[drawn.pick % 3]: day} if drawn.pick % 7 == 0 else {}
        await self._phasing.settle(actor, FIRST, Wish(list(Phase)[drawn.pick % 4], calendar.phase, days))

    async def do_clock(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del actor, amendment, press
        self.hours.pass_by(hours=drawn.pick)
        await self._deciding.lapse_by_clock(FIRST)

    async def do_erase(self, actor: Actor, amendment: Amendment, drawn: Drawn, press: Snowflake) -> None:
        del amendment, press
        privacy = Privacy(self._acting)
        await (privacy.erase(actor) if drawn.pick % 3 == 0 else privacy.erase_name("Opa Bakker"))
