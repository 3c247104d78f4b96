"""The scale from 0 to 100 under a chart: numbers below its rule, the outer two of which keep inside the drawing."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.charts.geometry import across

NUMBERS_BELOW = Decimal("1.3")
"""How far below the rule the numbers stand."""
_NUMBERS = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True)
class Tick:
    """A number under the rule."""

    text: str
    x: str
    anchor: str


def scale() -> list[Tick]:
    """Return the numbers from 0 to 100 with their places."""
    anchors = {_NUMBERS[0]: "start", _NUMBERS[-1]: "end"}
    return [Tick(str(number), across(Decimal(number) / 100), anchors.get(number, "middle")) for number in _NUMBERS]
