"""Numbers as people type them: any script's digits, a decimal comma or point, spaces, a per cent sign."""

import re
import unicodedata
from decimal import Decimal

LONGEST = 40
"""Characters looked at. Anything longer is no number that a person means."""

PER_CENT = "%٪％﹪"
DECIMAL_SIGNS = ".,٫．，﹒﹐"
GROUP_SIGNS = "٬'’"
MINUS_SIGNS = "-−–﹣－"
HIDDEN = "\u200e\u200f\u061c\ufeff\u200b\u2066\u2067\u2068\u2069"

NUMBER = re.compile(r"(?P<sign>[+-]? ?)(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)?(?:\.(?P<part>[0-9]*))?")


class NumberError(ValueError):
    """What was typed is no number. ``code``: empty, too_long or not_a_number."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_number(typed: str) -> Decimal:
    """Return the number that ``typed`` means, exactly; raise ``NumberError`` for anything else.

    One separator is a decimal separator, whichever of comma and point it is: nobody gives a share in thousands.
    A per cent sign changes nothing, since only proportions count.
    """
    if len(typed) > LONGEST:
        raise NumberError("too_long")
    plain = _without_trimmings(typed)
    if not plain:
        raise NumberError("empty")
    found = NUMBER.fullmatch("".join(map(_plain, plain)))
    if found is None or not (found["whole"] or found["part"]):
        raise NumberError("not_a_number")
    whole = (found["whole"] or "0").replace(" ", "")
    return Decimal(f"{found['sign'].strip()}{whole}.{found['part'] or '0'}")


def _without_trimmings(typed: str) -> str:
    """Drop marks that nobody sees, outer spaces and one per cent sign at either end; make every space plain."""
    seen = "".join(" " if sign.isspace() else sign for sign in typed if sign not in HIDDEN).strip()
    if seen[-1:] and seen[-1] in PER_CENT:
        return seen[:-1].rstrip()
    return seen[1:].lstrip() if seen[:1] and seen[0] in PER_CENT else seen


def _plain(sign: str) -> str:
    if sign in DECIMAL_SIGNS:
        return "."
    if sign in MINUS_SIGNS:
        return "-"
    if sign in GROUP_SIGNS:
        return " "
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
