"""What the projector shows fits a message whatever was written, and its buttons are those the tables allow."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.amendments import Advice, Amendment, Kind, PublishedAdvice, Status
from bot.domain.hall import Hall, Outcome, Showing
from bot.domain.ids import AmendmentId
from bot.domain.phases import Calendar, Phase
from bot.domain.tally import Tally
from bot.mirror.hall import hall
from bot.mirror.render.hall import Scene, fairly, shown
from bot.mirror.render.proposals import plain_runs
from bot.mirror.resources import MirrorSettings
from bot.mirror.room import MESSAGE, Room
from tests.mirror.values import NL, amendment, programme, section
from tests.sandbox.parts import walk

LONG = "Wij willen *alles* anders, en wel [nu](x) meteen voor iedereen. " * 70


def texts(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield all that counts as text in a message."""
    for part in walk(content["components"]):
        yield from (str(part[name]) for name in ("content", "label") if name in part)


def labels(content: Mapping[str, Any]) -> list[str]:
    return [part["label"] for part in walk(content["components"]) if "label" in part]


def scene(one: Amendment, showing: Showing | None = None, **changes: Any) -> Scene:
    there = section(amendments=(one, *(amendment(number) for number in range(2, 40))))
    return Scene(showing or Showing(1, one.amendment_id), one, there, **changes)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("outcome", [None, Outcome(Status.REJECTED, Tally(1, 2, 3))])
def test_it_fits_a_message_and_a_screen(kind: Kind, outcome: Outcome | None) -> None:
    """At most 4000 characters and 40 components, whatever is how long; short texts are whole."""
    advice = PublishedAdvice(Advice.LEAVE_TO_ASSEMBLY, LONG, agrees=False)
    one = amendment(
        1, kind=kind, title=LONG, text=LONG, old_text=LONG[::-1], explanation="Omdat het moet.", advice=advice
    )
    content = shown("hall/showing:1", scene(one, Showing(1, one.amendment_id, outcome, advised=LONG)), NL)
    assert MESSAGE.holds("".join(texts(content)))
    assert "Omdat het moet." in str(content)
    assert len(labels(content)) <= 8


def test_what_is_short_is_whole_and_the_long_ones_share_what_is_left() -> None:
    room = Room(1000, 4000)
    short, long, longer = fairly([plain_runs(words) for words in ("Kort.", "lang " * 150, "langer " * 300)], room, "…")
    assert short == "Kort."
    assert len(long) > 480
    assert room.holds(short + long + longer)
    assert len(short + long + longer) > 950


def test_the_buttons_are_what_can_be_done() -> None:
    undecided = ["Aangenomen", "Gewijzigd aangenomen", "Verworpen", "Aangehouden", "Vervallen", "Ingetrokken"]
    beside = ["Stemmen tellen", "Lees verder"]
    assert labels(shown("x", scene(amendment(1)), NL)) == undecided + beside
    held = amendment(1, status=Status.HELD_OVER)
    assert labels(shown("x", scene(held), NL)) == [each for each in undecided if each != "Aangehouden"] + beside
    rejected = amendment(1, status=Status.REJECTED)
    assert labels(shown("x", scene(rejected), NL)) == ["Volgende", "Terugdraaien", "Lees verder"]
    assert labels(shown("x", scene(rejected, last=False), NL)) == ["Lees verder"]
    assert labels(shown("x", scene(amendment(1), open_=False), NL)) == ["Lees verder"]
    again = Showing(1, AmendmentId(1), Outcome(Status.HELD_OVER), again=True)
    assert labels(shown("x", scene(rejected, again), NL)) == ["Lees verder"]


def test_what_is_behind_the_hall_takes_a_line() -> None:
    """The rest of it is a press away; what is shown out of turn and undecided stays large."""
    past = str(shown("x", scene(amendment(1, status=Status.REJECTED), last=False), NL))
    assert "Verworpen" in past
    assert "veertig wijkagenten" not in past
    assert "veertig wijkagenten" in str(shown("x", scene(amendment(1), last=False), NL))


def test_four_hundred_amendments_in_order_take_as_many_messages_as_they_need() -> None:
    """An order that became shorter leaves no old lines standing."""
    many = tuple(amendment(number) for number in range(1, 401))
    ids = tuple(each.amendment_id for each in many)
    there = programme(section(amendments=many))

    def order(meeting: Hall, known: Any) -> list[str]:
        whole = replace(there, hall=meeting, calendar=Calendar(Phase.ASSEMBLY))
        found = list(hall(whole, known, MirrorSettings(), NL))
        for each in found:
            assert MESSAGE.holds("".join(texts(each.content)))
        return [each.key for each in found]

    keys = order(Hall(1, hammer=ids[:300], rest=ids[300:]), {})
    assert len(keys) > 5
    assert order(Hall(1, hammer=ids[:1]), dict.fromkeys(keys)) == keys
