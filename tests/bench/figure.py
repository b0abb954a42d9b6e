"""What a measurement gives: a figure and the limit it was promised to keep."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured figure. It is ok up to its limit, or from it on where it says `at_least`."""

    name: str
    value: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit
