"""Ids that tell when they were made, strictly increasing, by a clock that is handed in."""

from collections.abc import Callable

EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Mint ids of now; two in one millisecond differ in the low bits, a clock set back does not go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def mint(self) -> str:
        """Return the next id as the string Discord sends."""
        fresh = (int(self._clock() * 1000) - EPOCH_MS) << 22
        self._last = max(fresh, self._last + 1)
        return str(self._last)


def moment(snowflake: str) -> float:
    """Return the seconds since 1970 an id was made at."""
    return ((int(snowflake) >> 22) + EPOCH_MS) / 1000
