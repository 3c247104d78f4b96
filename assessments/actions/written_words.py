"""What people and files may write into rows that everybody reads: checked here for pages, files and programs alike."""

import unicodedata
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused
from lastvote.hidden_characters import is_hidden, without_hidden_characters
from lastvote.texts import Text

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_AFFECTED = 200, 5_000, 500
LONGEST_ADDRESS = 500


def check_words(words: str, *, field: str, longest: int, required: bool = True) -> None:
    """Refuse words that are missing, too long, or hold what nobody can see; the page's forms take that out before."""
    if "\x00" in words:
        raise _refused("null_characters", _("This holds a character that nobody can see. Type it again."), field)
    if any(unicodedata.category(sign) == "Cs" for sign in words):
        raise _refused("surrogate", _("This holds half a character. Type it again."), field)
    if any(is_hidden(sign) and sign not in "\n\t\r" for sign in words):
        raise _refused("hidden_characters", _("This holds signs that nobody can see or that turn the writing."), field)
    if required and not without_hidden_characters(words):
        raise _refused("blank", _("Write something here."), field)
    if len(words) > longest:
        sentence = _("This has %(found)s characters. Use %(most)s or fewer.")
        raise _refused("max_length", sentence % {"found": len(words), "most": longest}, field)


def check_text(text: Text, *, field: str, longest: int) -> None:
    """Check a text in each of its languages; the one in which it was written must be there."""
    if text["source"] not in text["texts"]:
        raise _refused("blank", _("Write something here."), f"{field}_{text['source']}")
    for language, words in text["texts"].items():
        check_words(words, field=f"{field}_{language}", longest=longest)


def check_address(address: str, *, field: str) -> None:
    """Refuse whatever is no https address of a named site. Addresses are shown and never fetched."""
    check_words(address, field=field, longest=LONGEST_ADDRESS)
    if not _is_public_address(address):
        sentence = _("Use an address that begins with https:// and names a site, like https://example.org/report.")
        raise _refused("address_not_allowed", sentence, field)


def _is_public_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return parts.scheme == "https" and named and "@" not in parts.netloc and not any(map(str.isspace, address))


def _refused(code: str, sentence: str | Promise, field: str) -> Refused:
    return Refused(code, sentence, fields={field: [sentence]})
