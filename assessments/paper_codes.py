"""The two codes of a sheet of paper: a number by which it is found, and a secret that only the person's half shows.

Both use the alphabet of receipts and end in a check character, so that a slip of the pen is noticed.
"""

import hmac
import secrets

from django.utils.crypto import salted_hmac

from assessments import receipts

NUMBER, CODE = 8, 12
"""Characters, the check character included: 35 bits to name a sheet, 55 bits to confirm it."""
PURPOSE = "assessments.paper.code"
NOBODYS = "0" * 64
"""Compared with in place of the digest of a sheet that is not there."""
_IN_A_ROW = 4


def new(length: int) -> str:
    """Return a new code of ``length`` characters."""
    body = "".join(secrets.choice(receipts.ALPHABET) for _ in range(length - 1))
    return body + receipts.check_character(body)


def shown(code: str) -> str:
    """Return the code as it is printed, four characters at a time."""
    return "-".join(code[start : start + _IN_A_ROW] for start in range(0, len(code), _IN_A_ROW))


def read(typed: str, length: int) -> str | None:
    """Return the code in what somebody typed, in any case and with or without dashes; nothing if it cannot be one."""
    code = receipts.spelled(typed)
    if len(code) != length or any(character not in receipts.ALPHABET for character in code):
        return None
    return code if receipts.check_character(code[:-1]) == code[-1] else None


def digest(number: str, code: str) -> str:
    """Return what is kept of a code. It is bound to its sheet, and worth nothing without the site's key."""
    return salted_hmac(PURPOSE, f"{number}:{code}", algorithm="sha256").hexdigest()


def fits(stored: str, number: str, code: str) -> bool:
    """Whether a code is the one of the sheet."""
    return hmac.compare_digest(stored, digest(number, code))
