"""How a guild's mirror stands by the database alone: what it should show, and what is known to stand there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.ids import ProgrammeId, Snowflake
from bot.domain.programme import Programme
from bot.locales import Texts
from bot.mirror.desire import desire
from bot.mirror.keys import Keys, addresses
from bot.mirror.links import Places
from bot.mirror.observed import Observed
from bot.mirror.plan import Plan, Scope, plan
from bot.mirror.preview import Preview, Words
from bot.mirror.render.wording import section_name
from bot.mirror.resources import Key, Known, Layer, MirrorSettings
from bot.mirror.sight import in_sight
from bot.mirror.standing import standing, still_known
from bot.services.guild_rows import Auto
from bot.services.ports import Unit
from bot.services.standing import Standing, read_standing


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """How the mirror follows.

    `count_interval` is the least number of seconds between two edits for support, `told_every` between two edits of
    the message that tells how far a run is.
    """

    mirror: MirrorSettings
    auto: Auto = "after-first"
    count_interval: float = 10.0
    told_every: float = 5.0


@dataclass(frozen=True, slots=True)
class Stand:
    """One consistent reading of the database."""

    programme: Programme
    known: Mapping[Key, Known]
    standing: Standing

    @property
    def guild_id(self) -> Snowflake:
        """The programme's guild; 0 while it has none, which is nobody's."""
        return self.programme.guild_id or Snowflake(0)

    def plan(
        self, observed: Observed | None, settings: MirrorSettings, say: Texts, scope: Scope, *, restore: bool = False
    ) -> Plan:
        """Return what must change within the scope. Only what is in it is rendered."""
        settings = replace(settings, opened=self.standing.opened)
        settled = Layer.TEXT in scope.layers
        known = still_known(self.known, observed)
        desired = desire(self.programme, known, settings, say, scope.sections, settled=settled)
        return plan(desired, self.known, observed, self.guild_id, scope, restore=restore)

    def confirmed(self) -> "Stand":
        """Return how it stands once a person had the mirror made, or made anew."""
        return replace(self, standing=replace(self.standing, confirmed=True, cleared=None))

    def preview(self, plan: Plan, observed: Observed | None, words: Mapping[Key, Words], say: Texts) -> Preview:
        """Return a plan with what a person wants to know of it."""
        names = {section.section_id: section_name(section, say) for _, section in in_sight(self.programme).sections()}
        return Preview(plan, self.known, observed, names, words, self.standing.opened)

    def places(self) -> Places:
        """Return where everything stands, as far as known, by key and by name."""
        stands = standing(self.known, None)
        elsewhere = addresses(self.programme, Keys(self.known))
        return Places(self.guild_id, stands | {name: stands[key] for name, key in elsewhere.items() if key in stands})


def read_stand(unit: Unit, programme_id: ProgrammeId, auto: Auto) -> Stand:
    """Read how a programme's mirror stands. Raises `LookupError` for one that does not exist."""
    known = unit.mirror.known(programme_id)
    return Stand(unit.programmes.load(programme_id), known, read_standing(unit, programme_id, auto))
