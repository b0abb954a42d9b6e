"""What the bot is furnished with once it knows who it is: the services on the store, the cogs on the services."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from discord.ext import commands

from bot.client import BridgeClient
from bot.config import Settings
from bot.domain.ids import Snowflake
from bot.locales import Texts
from bot.member_furnishing import Desk, furnish_members
from bot.mirror.observe.inspecting import Inspector
from bot.proceedings import Proceedings, proceedings
from bot.services.amendability import Amendability
from bot.services.checking import Checking
from bot.services.clearing import ClearingAway
from bot.services.fixing import Fixing
from bot.services.guilds import Guilds
from bot.services.linkable import Linkables
from bot.services.linking import Linking
from bot.services.ordering import Ordering
from bot.services.planning import Planning
from bot.services.source import Source, Upcoming
from bot.services.suggesting import Suggesting
from bot.services.syncing import Syncing
from bot.source import importing_of, look_at_forum
from bot.wiring import checking_of, now
from cogs.act_commands import decide_menu
from cogs.acts import Acts
from cogs.advice_publishing import AdvicePublishing
from cogs.amendability import NotAmendable
from cogs.amendments import Amendments
from cogs.assembly import Assembly
from cogs.assembly_end import AssemblyEnd
from cogs.checking import Checks
from cogs.clearing import ClearingUp
from cogs.completing import Completing
from cogs.concept import Concepts
from cogs.consenting import Consenting
from cogs.context import Context
from cogs.deeds_done import DeedsDone, Services
from cogs.fixed_text import FixedText
from cogs.linking import LinkPanels
from cogs.opening import Opening
from cogs.ordering import SectionOrder
from cogs.phases import Phases
from cogs.planning import Plans
from cogs.programme import Features, ProgrammeCommands
from cogs.reply_linking import ReplyLinking
from cogs.routing import Routes
from cogs.setting_up import SettingUp
from cogs.showing import Showing
from cogs.summaries import Summaries
from db.database import Database


@dataclass(frozen=True, slots=True)
class Ground:
    """What all of it stands on: the settings, the database, and the guilds with their mirrors."""

    settings: Settings
    store: Database
    texts: Mapping[str, Texts]
    context: Context
    guilds: Guilds
    syncing: Syncing


def furnish(ground: Ground, client: BridgeClient, routes: Routes, upcoming: Upcoming) -> Sequence[commands.Cog]:
    """Make services and cogs, with every button and modal on its route. `upcoming` tells the next pass of the forum."""
    settings, store, context, syncing = ground.settings, ground.store, ground.context, ground.syncing
    browsing, screening = context.browsing, settings.rules.screening
    process = proceedings(settings, store, ground.texts)
    amending = process.amending
    linkables, linking = Linkables(store), Linking(store, now, ground.texts, screening=screening)
    showing = Showing(context, syncing, process.dossiers)
    completing = Completing(context, Suggesting(store, monotonic), linkables)
    panels = LinkPanels(context, linkables, linking, syncing)
    replies = ReplyLinking(context, linkables, linking, panels)
    acts, consenting, advice = _deeds(ground, process, syncing)
    client.tree.add_command(decide_menu(acts))
    members = furnish_members(Desk(context, syncing, showing, completing, panels), process, client)
    amendments = Amendments(
        context,
        browsing,
        amending,
        syncing,
        members.proposing,
        showing,
        completing,
        panels,
        acts,
        advice,
        members.features,
    )
    features = _features(ground, client, process)
    source = Source(store, importing_of(settings, store, now).confirm, upcoming)
    programme = ProgrammeCommands(context, browsing, syncing, source, completing, features)
    end = AssemblyEnd(context, process.meeting, process.adopting, syncing)
    assembly = Assembly(context, process.meeting, process.projecting, syncing, acts, end, completing)
    for cog in (panels, replies, amendments, acts, consenting, advice, features, assembly, *members.registering):
        cog.register(routes)
    summaries = Summaries(context, browsing, syncing, completing)
    return [amendments, programme, summaries, assembly, *members.cogs]


def _deeds(ground: Ground, process: Proceedings, syncing: Syncing) -> tuple[Acts, Consenting, AdvicePublishing]:
    context, dossiers = ground.context, process.dossiers
    services = Services(
        dossiers,
        process.deciding,
        process.advising,
        process.changing,
        process.merging,
        process.own,
        process.behalf,
    )
    acts = Acts(context, dossiers, DeedsDone(services), syncing)
    consenting = Consenting(context, process.changing, process.merging, acts)
    return acts, consenting, AdvicePublishing(context, dossiers, process.advising, syncing)


def _features(ground: Ground, client: BridgeClient, process: Proceedings) -> Features:
    store, context, syncing, bot_id = ground.store, ground.context, ground.syncing, _bot_id(client)

    def checking(guild_id: Snowflake) -> Checking:
        sight = Inspector(client.http, guild_id, bot_id)
        return checking_of(ground.settings, store, sight, ground.guilds.of(guild_id))

    async def look(url: str) -> None:
        await look_at_forum(ground.settings, url)

    return Features(
        plans=Plans(context, Planning(syncing, now)),
        order=SectionOrder(context, Ordering(store), syncing),
        opening=Opening(context, syncing),
        clearing=ClearingUp(context, ClearingAway(store, syncing, now)),
        checks=Checks(context, checking),
        fixed_text=FixedText(context, Fixing(store, now), syncing),
        setting_up=SettingUp(context, ground.guilds, look),
        concepts=Concepts(context, context.browsing, process.adopting),
        not_amendable=NotAmendable(context, context.browsing, Amendability(store), syncing),
        phases=Phases(context, process.phasing, syncing, now, ground.settings.rules.zone),
    )


def _bot_id(client: BridgeClient) -> Snowflake:
    return Snowflake(client.user.id if client.user else 0)
