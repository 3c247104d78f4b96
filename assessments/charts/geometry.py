"""Lengths in a chart: across in per cent of the width, down in em, so that one drawing fits a phone and a sheet of A4.

Letters keep their size while the drawing grows, and the drawing grows with the letters of people who enlarge them.
"""

from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
NARROW_EMS = 17
"""Width of a drawing on the narrowest phone (320 px), in em of its letters."""
WIDE_EMS = 34
"""Width from which a drawing shows whole names."""
LETTER_EMS = Decimal("0.52")
"""Mean width of a letter."""


def across(share: Decimal) -> str:
    """Return a share of the width, for an attribute."""
    return f"{(share * 100).quantize(HUNDREDTH, ROUND_HALF_UP)}%"


def down(ems: Decimal | int) -> str:
    """Return a height or a vertical place, for an attribute."""
    return f"{Decimal(ems).quantize(HUNDREDTH, ROUND_HALF_UP).normalize():f}em"


def text_share(text: str, width: int = NARROW_EMS) -> Decimal:
    """Return the share of a drawing ``width`` em wide that ``text`` takes."""
    return len(text) * LETTER_EMS / width
