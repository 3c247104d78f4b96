"""What people can be told. Upper apps register their kinds here, so that imports run one way."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
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


@dataclass(frozen=True)
class About:
    """Which case a notice is about, and where it is, whether it still matters or not."""

    words: str
    path: str


Recipients = Callable[[int, dt.datetime], Iterable[int]]
Say = Callable[[int, Person, dt.datetime], Content | None]
AboutAll = Callable[[Collection[int]], Mapping[int, About]]


@dataclass(frozen=True)
class Kind:
    """A kind of notice.

    title : what happened, in the person's list of notices and among their choices
    binding : whoever gets it may have to act, and it cannot be turned off
    recipients : ids of people to be told of a subject now
    say : what to tell a person now; nothing once it does not matter to them any more
    about : for the list, what several subjects are about, in a constant number of queries
    """

    name: str
    title: str | Promise
    binding: bool
    recipients: Recipients
    say: Say
    about: AboutAll


kinds: dict[str, Kind] = {}
"""By name, in the order in which they were registered."""


def updates() -> list[Kind]:
    """Return the kinds that can be turned off."""
    return [kind for kind in kinds.values() if not kind.binding]


def binding_titles() -> list[str]:
    """Return what cannot be turned off, each title once."""
    return list(dict.fromkeys(str(kind.title) for kind in kinds.values() if kind.binding))
