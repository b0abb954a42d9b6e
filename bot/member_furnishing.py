"""What members meet, made on the services: proposing, finding, their own, their privacy, and acting for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from discord.ext import commands

from bot.config import Settings
from bot.proceedings import Proceedings, proceedings
from bot.services.rounds import Rounds
from bot.services.syncing import Syncing
from bot.services.tidings import Tidings
from bot.wiring import now
from cogs.behalf import Behalf
from cogs.completing import Completing
from cogs.context import Context
from cogs.courier import DirectMessages
from cogs.drafts import Drafts
from cogs.finding import Finding
from cogs.following import Following
from cogs.linking import LinkPanels
from cogs.member_commands import MemberFeatures
from cogs.members import Members
from cogs.message_menu import MessageMenu
from cogs.news import News
from cogs.own import Mine
from cogs.privacy import PrivacyCommands
from cogs.proposing import Proposing
from cogs.routing import Routes
from cogs.showing import Showing
from db.database import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """What stood there before: the panels and suggestions that others use too."""

    context: Context
    syncing: Syncing
    showing: Showing
    completing: Completing
    panels: LinkPanels


class Registering(Protocol):
    """Something with buttons."""

    def register(self, routes: Routes) -> None:
        """Answer them."""
        ...


@dataclass(frozen=True, slots=True)
class MemberFurniture:
    """The conversations behind `/amendement`, the cogs beside it, and all that have buttons."""

    proposing: Proposing
    features: MemberFeatures
    cogs: Sequence[commands.Cog]
    registering: Sequence[Registering]


def furnish_members(desk: Desk, process: Proceedings, client: commands.Bot) -> MemberFurniture:
    """Make it all."""
    context, syncing, amending = desk.context, desk.syncing, process.amending
    browsing = context.browsing
    drafts = Drafts(context, browsing, amending, process.changing, desk.showing, syncing)
    proposing = Proposing(context, browsing, amending, drafts)
    behalf = Behalf(context, browsing, process.behalf, process.comparing, syncing, now)
    finding = Finding(context, browsing, process.searching, syncing)
    following = Following(context, amending, process.own)
    features = MemberFeatures(context, browsing, desk.completing, finding, following, drafts, behalf)
    mine = Mine(context, process.own, amending)
    news = News(context, process.own)
    privacy = PrivacyCommands(context, process.privacy, syncing)
    menu = MessageMenu(client, context, browsing, proposing, behalf, desk.panels)
    linking = Members(context, process.behalf, syncing, desk.completing)
    return MemberFurniture(
        proposing, features, (mine, news, privacy, menu, linking), (proposing, features, mine, news, privacy)
    )


def rounds_of(settings: Settings, store: Database, context: Context, syncing: Syncing, client: commands.Bot) -> Rounds:
    """Make what carries news and lets support go by the clock."""
    process = proceedings(settings, store, context.texts)
    courier = DirectMessages(client)
    tidings = Tidings(store, process.own, courier, syncing, context.audience, context.texts, now)
    return Rounds(store, tidings, process.privacy, now, keep_support=settings.rules.keep_support)
