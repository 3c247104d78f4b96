"""Receipt codes: ten random characters of Crockford's base 32 and one check character.

The alphabet leaves out I, L, O and U, so a code read aloud or copied by hand comes out right or is noticed.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 10
PREFIX = "LV"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """Return a new code of eleven characters, 50 random bits and the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that makes a slip of one character noticeable: a sum with odd weights, modulo 32."""
    total = sum((2 * place + 1) * ALPHABET.index(character) for place, character in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def shown(code: str) -> str:
    """Return the code as people read it: ``LV-7K2M-9QTD-3XW``."""
    return "-".join([PREFIX, code[:4], code[4:8], code[8:]])


def spelled(typed: str, prefix: str = "") -> str:
    """Return the letters and digits that somebody typed after ``prefix``; those never used are read as they look."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    return letters.removeprefix(prefix).translate(_READ_AS)


def read(typed: str) -> str | None:
    """Return the code in what somebody typed, in any case and with or without dashes; nothing if it cannot be one."""
    code = spelled(typed, PREFIX)
    if len(code) != RANDOM_CHARACTERS + 1 or any(character not in ALPHABET for character in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None
