"""Getting out of the database what a person means, or the refusal that says why it is not to be had."""

import re
from typing import Final

from bot.domain.amendments import Amendment
from bot.domain.ids import AmendmentId, ProgrammeId, SectionId
from bot.domain.programme import Section
from bot.errors import NotFound, Refused
from bot.services.ports import Unit

_RECEIPT: Final = re.compile(r"(?:\D*[\s.#])?(\d{1,9})\s*")
_REFERENCE: Final = re.compile(r"\s*(\d+)\s*[.,]\s*(\d+)\W*a\W*(\d+)", re.IGNORECASE)


def reference_in(typed: str) -> str:
    """Return the reference somebody means, however it was typed: "2.1 a1" and "2,1-A1" are 2.1-A1."""
    found = _REFERENCE.match(typed)
    return f"{found[1]}.{found[2]}-A{found[3]}" if found else typed.strip()


def amendment_named(unit: Unit, programme_id: ProgrammeId, typed: str) -> Amendment | None:
    """Return the amendment that somebody means: by its reference, or by its receipt number while it has none."""
    if receipt := _RECEIPT.fullmatch(typed):
        return unit.amendments.by_receipt(programme_id, int(receipt[1]))
    return unit.amendments.by_reference(programme_id, reference_in(typed))


def amendment_with(unit: Unit, amendment_id: AmendmentId) -> Amendment:
    """Return an amendment in its current version. Raises `NotFound`."""
    amendment = unit.amendments.load(amendment_id)
    if amendment is None:
        raise NotFound("refused.amendment_gone")
    return amendment


def section_with(unit: Unit, section_id: SectionId) -> Section:
    """Return a section, whether it stands on the forum today or not. Raises `NotFound`."""
    section = unit.programmes.section(section_id)
    if section is None:
        raise NotFound("refused.section_gone")
    return section


def text_with(unit: Unit, section_id: SectionId) -> Section:
    """Return a section with its text alone, whether it stands on the forum today or not. Raises `NotFound`."""
    section = unit.programmes.text_of(section_id)
    if section is None:
        raise NotFound("refused.section_gone")
    return section


def standing_section(unit: Unit, section_id: SectionId) -> Section:
    """Return a section about which something can be proposed, with its text alone. Raises `NotFound` or `Refused`."""
    return standing(unit, text_with(unit, section_id))


def standing(unit: Unit, section: Section) -> Section:
    """Return the section. Raises `Refused` where it is not on the forum as one."""
    if section.gone is not None:
        raise Refused("refused.section_left", code=section.code)
    if section.merged_into is not None:
        raise Refused("refused.section_merged", code=section.code, into=text_with(unit, section.merged_into).code)
    return section
