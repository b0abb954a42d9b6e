"""The two languages: catalogues of sentences by key, and dates and numbers as each language writes them.

A catalogue is a folder of gettext `.po` files, one for each room of the program, that together make one language.
They are read as they stand, so there is no compiled copy that can lag behind.
"""

import gettext
import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = ("nl", "en")
DEFAULT: Final = "nl"
_FOLDER: Final = Path(__file__).parent


class Phrase(str):
    """A key as the value in a sentence: it is put into words with the sentence, in the same language."""

    __slots__ = ()


class Texts:
    """One language's sentences. Call it with a key; `count` chooses between singular and plural."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._locale = Locale.parse(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence with this key, with the values in their places."""
        sentence = self._catalogue.gettext(key)
        if not values and "{" not in sentence:
            return sentence
        worded = {name: self(each) if isinstance(each, Phrase) else each for name, each in values.items()}
        return sentence.format_map(worded)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the sentence for this number of things; the number itself is the value `n`."""
        return self._catalogue.ngettext(key, key, number).format_map({"n": number, **values})

    def date(self, iso: str) -> str:
        """Return a local ISO date and time in words: "9 november 2021, 14:07"."""
        return format_datetime(datetime.fromisoformat(iso), "d MMMM y, HH:mm", locale=self._locale)

    def moment(self, iso: str) -> str:
        """Return a local ISO moment as it is told to people: "zondag 4 oktober, 23.59 uur"."""
        return format_datetime(datetime.fromisoformat(iso), self("moment.pattern"), locale=self._locale)


def load(language: str) -> Texts:
    """Read one language's catalogues. Raises `KeyError` for a language that does not exist."""
    if language not in LANGUAGES:
        raise KeyError(language)
    merged = Catalog(locale=language)
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Texts(language, gettext.GNUTranslations(compiled))


def load_all() -> Mapping[str, Texts]:
    """Read every language, the default one first."""
    return {language: load(language) for language in LANGUAGES}


def language_of(locale: str) -> str:
    """Return the language to answer in for one of Discord's locales: English for English, else Dutch."""
    return "en" if locale.lower().startswith("en") else DEFAULT
