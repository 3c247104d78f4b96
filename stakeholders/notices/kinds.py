"""What people can be told. Upper apps register their kinds here, so that imports run one way."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from stakeholders.models import Person


@dataclass(frozen=True)
class Content:
    """What a notice says, in the language that is active. Never shares, points or values.

    subject : of the mail, at most 60 characters
    about : the case, with its reference
    until : the end of a term with date and zone, or nothing
    path : where the one thing to do is done
    """

    subject: str
    sentences: tuple[str | Promise, ...]
    about: str
    action: str | Promise
    path: str
    until: str = ""


Recipients = Callable[[int, dt.datetime], Iterable[int]]
Say = Callable[[int, Person, dt.datetime], Content | None]


@dataclass(frozen=True)
class Kind:
    """A kind of notice.

    binding : whoever gets it may have to act, and it cannot be turned off
    recipients : ids of people to be told of a subject now
    say : what to tell a person now; nothing once it does not matter to them any more
    """

    name: str
    binding: bool
    recipients: Recipients
    say: Say


kinds: dict[str, Kind] = {}
"""By name."""
