"""Why a training could not be finished, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.actions.computations import GIVEN_UP

_WORDS: dict[str, Promise] = {
    GIVEN_UP: _("One step failed again and again, and the site gave it up. Whoever runs the site can find out why."),
}
_OTHER = _("The numbers of these past cases cannot be worked with.")


def failure_words(code: str) -> str | Promise:
    """Return the sentence for an error code; nothing for a run that did not fail."""
    return _WORDS.get(code, _OTHER) if code else ""
