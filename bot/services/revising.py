"""A section's text from the forum: taken in as a new version, or kept waiting while the text is fixed."""

from bot.domain.amendments import Amendment
from bot.domain.anchors import follow
from bot.domain.identity import match_blocks
from bot.domain.ids import ProgrammeId
from bot.domain.programme import Section
from bot.domain.text import Block
from bot.domain.versions import digest_of_blocks
from bot.services.ports import Unit
from bot.services.reports import Changes, ImportAction, ImportKind
from bot.services.source_rows import FlagReason


class Revising:
    """Takes texts in, in one transaction.

    `blank_counts` says that an empty text was made empty by somebody, and is not what a copy lost.
    """

    def __init__(
        self, unit: Unit, programme_id: ProgrammeId, at: str, changes: Changes, *, blank_counts: bool = True
    ) -> None:
        self._unit = unit
        self._at = at
        self._changes = changes
        self._blank_counts = blank_counts
        self._fixed = unit.waiting.fixed(programme_id) is not None

    def read(self, known: Section, blocks: tuple[Block, ...]) -> bool:
        """See to a text that was read on the forum, and tell whether it is the section's now; anchors still stand.

        An empty text takes the place of a known one only where it counts. A fixed text stands, unless its words were
        erased.
        """
        if not blocks and not self._blank_counts:
            return False
        digest = digest_of_blocks(blocks)
        if digest == digest_of_blocks(stored.block for stored in known.blocks):
            if self._fixed:
                self._unit.waiting.drop(known.section_id)  # the forum is back at the fixed text
            return False
        if self._fixed and self._unit.programmes.version_digest(known.section_id):
            self._wait(known, digest, blocks)
            return False
        self._store(known, blocks)
        return True

    def take_in(self, known: Section, blocks: tuple[Block, ...]) -> None:
        """Make a text the section's, and let the amendments aimed at it follow."""
        self._store(known, blocks)
        self.move_anchors(known)

    def _store(self, known: Section, blocks: tuple[Block, ...]) -> None:
        ids = match_blocks(known.blocks, blocks)
        digest = digest_of_blocks(blocks)
        self._unit.programmes.add_version(known.section_id, digest, list(zip(ids, blocks, strict=True)), self._at)
        self._unit.waiting.drop(known.section_id)

    def _wait(self, known: Section, digest: str, blocks: tuple[Block, ...]) -> None:
        waiting = self._unit.waiting.find(known.section_id)
        if waiting is None or waiting.digest != digest:
            self._unit.waiting.put(known.section_id, digest, blocks, self._at)
            self._changes.note(ImportAction.WAITS, ImportKind.SECTION, known.post_id, known.title)

    def move_anchors(self, before: Section) -> None:
        """Let the amendments of a section whose text was taken in follow it as far as that is certain."""
        after = self._unit.programmes.section(before.section_id)
        if after is None:
            return
        texts = {stored.block_id: stored.block.text_hash for stored in before.blocks}
        now = {stored.block_id: stored.block.text_hash for stored in after.blocks}
        for amendment in before.amendments:
            if amendment.anchor is None:
                continue
            anchor = follow(amendment.anchor, before.blocks, after.blocks)
            if anchor != amendment.anchor:
                self._unit.amendments.set_anchor(amendment.amendment_id, anchor)
            if anchor.stale or texts.get(amendment.anchor.block_id) != now.get(anchor.block_id):
                self._ask_to_look(amendment)

    def _ask_to_look(self, amendment: Amendment) -> None:
        """Flag an amendment whose text changed: what it proposes may fit no more."""
        if amendment.status.ahead and self._unit.flags.raise_(amendment.amendment_id, FlagReason.STALE, self._at):
            key = amendment.reference or amendment.receipt
            self._changes.note(ImportAction.STALE, ImportKind.AMENDMENT, key, amendment.title)
