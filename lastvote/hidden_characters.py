"""Characters that nobody can see, or that turn the writing round."""

import unicodedata

REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def without_hidden_characters(words: str) -> str:
    """Return the words in normal form, without characters that nobody can see or that turn the writing round."""
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(sign for sign in plain if sign in "\n\t" or not is_hidden(sign)).strip()
    return shown if any(map(_leaves_a_mark, shown)) else ""


def takes_out(words: str) -> bool:
    """Whether something would be taken out that its writer may miss; white space at the ends is not."""
    return any(is_hidden(sign) and sign not in "\n\t\r" for sign in words)


def is_hidden(sign: str) -> bool:
    """Controls, halves of surrogate pairs, and the marks that reorder text. Joiners that scripts need stay."""
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in REORDERING


def _leaves_a_mark(sign: str) -> bool:
    return not sign.isspace() and unicodedata.category(sign) != "Cf"
