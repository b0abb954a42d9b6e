"""What a guild's bot is furnished with once it knows who it is: the services on the store, the cogs on the services."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from discord.ext import commands

from bot.client import BridgeClient
from bot.config import Settings
from bot.domain.ids import Snowflake
from bot.domain.reading import PassKind
from bot.locales import Texts
from bot.mirror.apply.clearing import DiscordClearing
from bot.mirror.apply.walking import DiscordGuild
from bot.mirror.observe.inspecting import Inspector
from bot.proceedings import Proceedings, proceedings
from bot.services.clearing import ClearingAway
from bot.services.fixing import Fixing
from bot.services.linkable import Linkables
from bot.services.linking import Linking
from bot.services.nightly import Nightly
from bot.services.ordering import Ordering
from bot.services.planning import Planning
from bot.services.source import Source
from bot.services.syncing import Syncing
from bot.source import importing_of
from bot.wiring import checking_of, now, sync_settings
from cogs.act_commands import decide_menu
from cogs.acts import Acts
from cogs.advice_publishing import AdvicePublishing
from cogs.amendments import Amendments
from cogs.checking import Checks
from cogs.clearing import ClearingUp
from cogs.completing import Completing
from cogs.consenting import Consenting
from cogs.context import Context
from cogs.deeds_done import DeedsDone, Services
from cogs.fixed_text import FixedText
from cogs.linking import LinkPanels
from cogs.opening import Opening
from cogs.ordering import SectionOrder
from cogs.planning import Plans
from cogs.programme import Features, ProgrammeCommands
from cogs.proposing import Proposing
from cogs.reply_linking import ReplyLinking
from cogs.routing import Routes
from cogs.showing import Showing
from cogs.summaries import Summaries
from db.database import Database


@dataclass(frozen=True, slots=True)
class Ground:
    """What all of it stands on: the settings, the database, and the guild."""

    settings: Settings
    store: Database
    texts: Mapping[str, Texts]
    guild_id: Snowflake
    context: Context


@dataclass(frozen=True, slots=True)
class Furniture:
    """The cogs, and the services that go on beside them."""

    syncing: Syncing
    nightly: Nightly
    cogs: Sequence[commands.Cog]


def furnish(
    ground: Ground, client: BridgeClient, routes: Routes, upcoming: Callable[[], tuple[PassKind, str] | None]
) -> Furniture:
    """Make services and cogs, with every button and modal on its route. `upcoming` tells the next pass of the forum."""
    settings, store, context = ground.settings, ground.store, ground.context
    browsing, screening = context.browsing, settings.rules.screening
    guild = DiscordGuild(client.http, ground.guild_id, _bot_id(client), store, now, notices=client.notices)
    syncing = Syncing(store, guild, sync_settings(settings), ground.texts, now)
    process = proceedings(settings, store, ground.texts)
    amending = process.amending
    linkables, linking = Linkables(store), Linking(store, now, ground.texts, screening=screening)
    showing = Showing(context, syncing, process.dossiers)
    completing = Completing(context, browsing, amending, linkables)
    proposing = Proposing(context, browsing, amending, showing)
    panels = LinkPanels(context, linkables, linking, syncing)
    replies = ReplyLinking(context, linkables, linking, panels)
    acts, consenting, advice = _deeds(ground, process, syncing)
    client.tree.add_command(decide_menu(acts))
    amendments = Amendments(context, browsing, amending, syncing, proposing, showing, completing, panels, acts, advice)
    features = _features(ground, client, syncing)
    source = Source(store, importing_of(settings, store, now).confirm, upcoming)
    programme = ProgrammeCommands(context, browsing, syncing, source, completing, features)
    for cog in (proposing, panels, replies, amendments, acts, consenting, advice, features):
        cog.register(routes)
    summaries = Summaries(context, browsing, syncing, completing)
    return Furniture(syncing, Nightly(store, guild, syncing, now), [amendments, programme, summaries])


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


def _features(ground: Ground, client: BridgeClient, syncing: Syncing) -> Features:
    store, context, bot_id = ground.store, ground.context, _bot_id(client)
    away = DiscordClearing(client.http, ground.guild_id, bot_id, store)
    sight = Inspector(client.http, ground.guild_id, bot_id)
    return Features(
        plans=Plans(context, Planning(syncing, now)),
        order=SectionOrder(context, Ordering(store), syncing),
        opening=Opening(context, syncing),
        clearing=ClearingUp(context, ClearingAway(store, syncing, away, now)),
        checks=Checks(context, checking_of(ground.settings, store, sight)),
        fixed_text=FixedText(context, Fixing(store, now), syncing),
    )


def _bot_id(client: BridgeClient) -> Snowflake:
    return Snowflake(client.user.id if client.user else 0)
