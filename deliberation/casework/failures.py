"""Why an import of cases could not be done, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.actions.computations import GIVEN_UP

_WORDS: dict[str, Promise] = {
    GIVEN_UP: _("It failed again and again, and the site gave it up. Whoever runs the site can find out why."),
    "not_allowed": _("Whoever started it may not record cases any more."),
}
_OTHER = _("The file could not be read any more. Choose it again.")


def failure_words(code: str) -> str | Promise:
    """Return the sentence for an error code; nothing for an import that did not fail."""
    return _WORDS.get(code, _OTHER) if code else ""
