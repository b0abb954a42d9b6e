"""What people call themselves formats nothing in what others read, and turns no line around."""

import pytest

from bot.errors import Refused
from bot.mirror.markdown import escape_line
from bot.services.changing import Changing
from bot.services.wording import refusal
from db.database import Database
from tests.services.acts import HERMAN, TEXTS, acting, made, press

NAME = "[Zuhal](https://dorp.example) **vet** ||weg||"


async def test_a_name_in_a_refusal_is_no_link_and_no_format(database: Database) -> None:
    amendment = await made(database, name=NAME)
    with pytest.raises(Refused) as caught:
        await Changing(acting(database)).withdraw(HERMAN, amendment.amendment_id, press())
    assert f"({escape_line(NAME)})" in refusal(caught.value, TEXTS["nl"])


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "\u2067", "\x1b", "\x00", "\x9b"])
def test_no_sign_in_a_title_or_name_turns_the_rest_of_the_line(sign: str) -> None:
    assert escape_line(f"Meer {sign}bankjes") == "Meer bankjes"


def test_signs_that_belong_to_letters_and_pictures_stay() -> None:
    for text in ("👩‍🚒 op tijd", "می‌خواهم", "naïve"):
        assert escape_line(text) == text
