"""What nobody may propose anything about: sections and blocks that are marked so, introductions often."""

from bot.domain.aiming import TAKES_AWAY
from bot.domain.amendments import Kind
from bot.domain.text import StoredBlock


def closed(kind: Kind, block: StoredBlock | None) -> bool:
    """Tell whether a proposal aims at a block that must stay as it is. New text may come beside one."""
    return block is not None and not block.amendable and kind in TAKES_AWAY
