"""What erasing a person takes with it here: every word they wrote in talks. That their group spoke remains."""

import datetime as dt

from deliberation.models import LateWords, Reply, RoundRequest, Statement
from stakeholders.models import Person


def erase_words(*, person: Person, by: Person | None, now: dt.datetime) -> None:  # noqa: ARG001 -- the registry's signature
    """Empty the person's statements and replies, and the place where they stood as somebody who asked for talks.

    Words that came too late go altogether.
    """
    LateWords.objects.filter(person=person).delete()
    Statement.objects.filter(person=person).update(person=None, words="", would_change="", shows_name=False)
    Reply.objects.filter(person=person).update(person=None, words="")
    RoundRequest.objects.filter(person=person).update(person=None)
