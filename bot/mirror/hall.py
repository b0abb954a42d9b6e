"""What stands in the assembly's channel: the order of treatment, and each amendment that was shown. Pure."""

from collections.abc import Iterator, Mapping

from bot.domain.amendments import Amendment
from bot.domain.hall import Hall, Showing
from bot.domain.ids import AmendmentId
from bot.domain.phases import Phase
from bot.domain.programme import Programme, Section
from bot.locales import Texts
from bot.mirror.channels import HALL
from bot.mirror.render.hall import Scene, order_messages, shown
from bot.mirror.resources import Json, Key, Known, Layer, MirrorSettings, Resource, ResourceKind

Found = Mapping[AmendmentId, tuple[Section, Amendment]]


def hall(programme: Programme, known: Mapping[Key, Known], settings: MirrorSettings, say: Texts) -> Iterator[Resource]:
    """Yield the messages of the assembly's channel, in the order in which they came."""
    meeting = programme.hall
    if meeting is None:
        return
    found: Found = {
        amendment.amendment_id: (section, amendment)
        for _, section in programme.sections()
        for amendment in section.amendments
    }
    open_ = programme.calendar.phase is Phase.ASSEMBLY
    yield from _order(meeting, found, known, say, open_=open_)
    last = meeting.last
    for showing in meeting.showings:
        section, amendment = found[showing.amendment_id]
        scene = Scene(showing, amendment, section, settings.minimum_support, open_=open_, last=showing is last)
        key = showing_key(showing)
        title = f"{amendment.reference} {amendment.title}"
        yield _message(key, shown(key, scene, say), title, kept=showing.again)


def showing_key(showing: Showing) -> Key:
    """Return the key of the message that shows an amendment."""
    return f"{HALL}/showing:{showing.showing_id}"


def _order(meeting: Hall, found: Found, known: Mapping[Key, Known], say: Texts, *, open_: bool) -> Iterator[Resource]:
    """Yield the order of treatment, in as many messages as it takes; one that is needed no more says where to look."""
    first: Key = f"{HALL}/order:{meeting.meeting_id}"
    hammer, rest = ([found[each] for each in listed if each in found] for listed in (meeting.hammer, meeting.rest))

    def key_of(number: int) -> Key:
        return first if number == 1 else f"{first}/part:{number}"

    stands = sum(key == first or key.startswith(f"{first}/part:") for key in known)
    for number, content in enumerate(order_messages(key_of, hammer, rest, say, at_least=stands, open_=open_), start=1):
        yield _message(key_of(number), content, say("hall.order"))


def _message(key: Key, content: Mapping[str, Json], title: str, *, kept: bool = False) -> Resource:
    return Resource(key, ResourceKind.MESSAGE, HALL, Layer.CARD, content, title, kept=kept, loose=True)
