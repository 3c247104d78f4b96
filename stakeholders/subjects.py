"""The subject of mail for those who do not want it to say what it is about."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from stakeholders.models import Person

LONGEST_SUBJECT = 60
LONGEST_PLACE = 35
"""Characters of a name of a place, so that a subject with it stays short in other languages too."""


def subject_for(person: Person, subject: str) -> str:
    """Return ``subject``, or one that says only from which site it comes, as the person wants it."""
    if not person.private_subjects:
        return subject
    return _("Update from %(place)s reviews") % {"place": short_place(person)}


def short_place(person: Person) -> str:
    """Return the name of the person's place, cut where it is very long."""
    return Truncator(str(person.jurisdiction)).chars(LONGEST_PLACE)
