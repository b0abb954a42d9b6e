"""What stands under a message is laid out as discord.py would lay it out."""

from typing import Any, cast

import discord
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from cogs.faces import Button, Part, Select, face

ROWS = st.none() | st.integers(0, 4)
STYLES = st.sampled_from(
    [
        discord.ButtonStyle.primary,
        discord.ButtonStyle.secondary,
        discord.ButtonStyle.success,
        discord.ButtonStyle.danger,
    ]
)
BUTTONS = st.fixed_dictionaries({"label": st.text(min_size=1, max_size=5), "style": STYLES, "disabled": st.booleans()})
OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"label": st.text(min_size=1), "description": st.none() | st.just("x"), "default": st.booleans()}
    ),
    min_size=1,
    max_size=3,
)
SELECTS = st.fixed_dictionaries({"placeholder": st.none() | st.text(min_size=1), "options": OPTIONS})
PARTS = st.lists(st.tuples(BUTTONS | SELECTS, ROWS), max_size=14)
Drawn = list[dict[str, Any]] | None


def ours(parts: list[tuple[dict[str, Any], int | None]]) -> Drawn:
    made: list[Part] = []
    for at, (each, row) in enumerate(parts):
        if "options" not in each:
            made.append(Button(**each, custom_id=f"c:{at}", row=row))
            continue
        select = Select(custom_id=f"c:{at}", placeholder=each["placeholder"], row=row)
        for number, option in enumerate(each["options"]):
            select.add_option(**option, value=str(number))
        made.append(select)
    try:
        return face(*made).to_components()
    except ValueError:
        return None


async def theirs(parts: list[tuple[dict[str, Any], int | None]]) -> Drawn:
    view = ui.View()
    try:
        for at, (each, row) in enumerate(parts):
            if "options" not in each:
                view.add_item(ui.Button(**each, custom_id=f"c:{at}", row=row))
                continue
            select: ui.Select[ui.View] = ui.Select(custom_id=f"c:{at}", placeholder=each["placeholder"], row=row)
            for number, option in enumerate(each["options"]):
                select.add_option(**option, value=str(number))
            view.add_item(select)
    except ValueError:
        return None
    return view.to_components()


def stripped(drawn: Drawn) -> Drawn:
    """Return components without what says nothing."""
    return (
        None
        if drawn is None
        else [{name: _told(each) for name, each in part.items() if _says(name, each)} for part in drawn]
    )


def _told(value: Any) -> Any:
    return stripped(cast("Drawn", value)) if isinstance(value, list) else value


def _says(name: str, value: object) -> bool:
    return value is not None and value is not False and name != "required"


@given(PARTS)
async def test_a_face_is_drawn_as_a_view_is(parts: list[tuple[dict[str, Any], int | None]]) -> None:
    assert stripped(ours(parts)) == stripped(await theirs(parts))


def test_nobody_waits_for_what_is_only_drawn() -> None:
    drawn = face(Button(label="Ja", custom_id="yes"))
    assert drawn.is_finished()
    assert not drawn.is_dispatchable()
    assert drawn.timeout is None
    assert "yes" in repr(drawn)
