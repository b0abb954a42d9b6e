"""The services of the process, from first idea to decision, on one ground: who may, in which phase, by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.config import Settings
from bot.locales import Texts
from bot.services.acting import Acting
from bot.services.adopting import Adopting
from bot.services.advising import Advising
from bot.services.amending import Amending
from bot.services.audience import Audience
from bot.services.behalf import OnBehalf
from bot.services.changing import Changing
from bot.services.clockwork import Clockwork
from bot.services.comparing import Comparing
from bot.services.deciding import Deciding
from bot.services.digesting import Digesting
from bot.services.dossiers import Dossiers
from bot.services.fixing import fix_text
from bot.services.guild_syncing import GuildSyncing
from bot.services.meeting import MeetingLead
from bot.services.merging import Merging
from bot.services.mine import Own
from bot.services.phasing import Phasing
from bot.services.privacy import Privacy
from bot.services.projecting import Projecting
from bot.services.searching import Searching
from bot.wiring import now
from db.database import Database


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What members, secretary, committee and chair do, a service for each kind of act."""

    amending: Amending
    deciding: Deciding
    advising: Advising
    changing: Changing
    merging: Merging
    phasing: Phasing
    meeting: MeetingLead
    own: Own
    privacy: Privacy
    behalf: OnBehalf
    searching: Searching
    comparing: Comparing
    projecting: Projecting
    adopting: Adopting
    dossiers: Dossiers


def proceedings(settings: Settings, store: Database, texts: Mapping[str, Texts]) -> Proceedings:
    """Make the services by the rules in the settings."""
    rules = settings.rules.for_process()
    acting = Acting(store, now, texts, rules)
    return Proceedings(
        Amending(store, now, rules=rules),
        Deciding(acting),
        Advising(acting),
        Changing(acting),
        Merging(acting),
        Phasing(acting, fix_text),
        MeetingLead(acting),
        Own(acting),
        Privacy(acting),
        OnBehalf(acting),
        Searching(store),
        Comparing(store),
        Projecting(acting),
        Adopting(acting),
        Dossiers(acting),
    )


def clockwork_of(
    settings: Settings, store: Database, texts: Mapping[str, Texts], syncing: GuildSyncing, audience: Audience
) -> Clockwork:
    """Make what acts by itself at set moments, by the rules in the settings."""
    acting = Acting(store, now, texts, settings.rules.for_process())
    schedule = settings.digest.schedule
    digesting = Digesting(acting, schedule, audience.opened) if schedule else None
    return Clockwork(acting, Deciding(acting), digesting, syncing)
