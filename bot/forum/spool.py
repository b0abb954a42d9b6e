"""Bytes kept in a temporary file, so that a reading of any size takes little memory.

The file has no name and is gone with the process.
"""

import tempfile
import weakref
from threading import Lock
from typing import NewType

Slip = NewType("Slip", tuple[int, int])
"""Where something stands in the spool: at which byte, and how many."""


class Spool:
    """Takes bytes and gives them back. Whoever reads may be on another thread than whoever wrote."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="programmabrug-")  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._end = 0
        self._lock = Lock()

    def put(self, data: bytes) -> Slip:
        """Keep something."""
        with self._lock:
            self._file.seek(self._end)
            self._file.write(data)
            slip = Slip((self._end, len(data)))
            self._end += len(data)
        return slip

    def get(self, slip: Slip) -> bytes:
        """Return what was kept."""
        at, length = slip
        with self._lock:
            self._file.seek(at)
            return self._file.read(length)
