"""What people are told of weight rounds: they may answer, three days are left, there is more time, it is published."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import reads, rules
from assessments.models import Incident, WeightRound
from assessments.states import RoundState
from lastvote.texts import words_of
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import About, Content, Kind
from stakeholders.notices.telling import tell_of_ends
from stakeholders.subjects import LONGEST_SUBJECT

ROUND_OPENED = "round_opened"
ROUND_CLOSING = "round_closing"
ROUND_EXTENDED = "round_extended"
ROUND_PUBLISHED = "round_published"
LAST_DAYS = dt.timedelta(days=3)
"""So long before its end, people who have not answered hear that a round closes."""


def tell_of_last_days(now: dt.datetime) -> int:
    """Owe it to everybody who has not answered that they hear when three days are left; called by each sweep."""
    near = WeightRound.objects.filter(state=RoundState.OPEN, closes_at__gt=now, closes_at__lte=now + LAST_DAYS)
    return tell_of_ends(ROUND_CLOSING, dict(near.order_by("pk").values_list("pk", "closes_at")), LAST_DAYS, now)


def content(
    incident: Incident, subject: str, *sentences: str, action: str, page: str = "case", path: str = "", until: str = ""
) -> Content:
    """Say something about a case. ``page`` is the name of a page of it, unless ``path`` leads somewhere else."""
    return Content(
        subject=_subject(subject, incident),
        sentences=sentences,
        about=_named(incident),
        action=action,
        path=path or _address(incident, page),
        until=until,
    )


def _subject(words: str, incident: Incident) -> str:
    """Add the reference, unless the subject would be too long with it; it stands in the mail as well."""
    whole = f"{words} ({incident.reference})"
    return whole if len(whole) <= LONGEST_SUBJECT else words


def about(incident: Incident, page: str = "case", path: str = "") -> About:
    """Name a case for the list of notices, with the address of a page of it."""
    return About(_named(incident), path or _address(incident, page))


def _named(incident: Incident) -> str:
    return f"{words_of(incident.title)} ({incident.reference})"


def _address(incident: Incident, page: str) -> str:
    return reverse(page, args=[incident.jurisdiction.slug, incident.reference])


def about_rounds(page: str, subjects: Collection[int]) -> Mapping[int, About]:
    """Name the cases of some rounds of answers."""
    rows = WeightRound.objects.filter(pk__in=subjects).select_related("assessment__incident__jurisdiction")
    return {row.pk: about(row.assessment.incident, page) for row in rows}


def _round(subject_id: int) -> WeightRound:
    return WeightRound.objects.select_related("assessment__incident__jurisdiction").get(pk=subject_id)


def _waiting(subject_id: int, now: dt.datetime) -> Iterable[int]:
    """Return who may still answer and has not; in a round that follows talks, who has neither kept nor changed."""
    weight_round = _round(subject_id)
    if not rules.accepts_answers(weight_round, now):
        return ()
    return reads.not_answered(weight_round).filter(person__isnull=False).values_list("person_id", flat=True)


def _answered(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    """Return whose answers stand in a published round. After talks, how they ended is told instead."""
    weight_round = _round(subject_id)
    if weight_round.carried_from_id is not None:
        return ()
    places = weight_round.roll.filter(person__isnull=False, current__submission__points__isnull=False)
    return places.order_by("pk").values_list("person_id", flat=True)


def _still_waiting(weight_round: WeightRound, person: Person, now: dt.datetime) -> bool:
    return rules.accepts_answers(weight_round, now) and reads.not_answered(weight_round).filter(person=person).exists()


def _until(weight_round: WeightRound) -> str:
    when = deadlines.told(weight_round.closes_at, weight_round.assessment.incident.jurisdiction.zone)
    return _("You can answer until %(when)s.") % {"when": when}


def _say_opened(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    weight_round = _round(subject_id)
    if not _still_waiting(weight_round, person, now):
        return None
    incident, until = weight_round.assessment.incident, _until(weight_round)
    if weight_round.carried_from_id is not None:
        return content(
            incident, _("Keep or change your answers"),
            _("The groups have given their reasons. Now you can keep or change your answers."),
            _("If you do nothing, what you answered before stays."),
            action=_("Keep or change your answers"), page="weigh", until=until,
        )  # fmt: skip
    return content(
        incident, _("Tell us what matters most"),
        _("You are on the list of people who are asked what counts most in this case."),
        action=_("Answer the questions"), page="weigh", until=until,
    )  # fmt: skip


def _say_closing(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    weight_round = _round(subject_id)
    if not _still_waiting(weight_round, person, now):
        return None
    incident, until = weight_round.assessment.incident, _until(weight_round)
    if weight_round.carried_from_id is not None:
        return content(
            incident, _("Last 3 days to keep or change your answers"),
            _("If you do nothing, what you answered before stays."),
            action=_("Keep or change your answers"), page="weigh", until=until,
        )  # fmt: skip
    return content(
        incident, _("Last 3 days to answer"),
        _("You have not sent your answers yet, and the round closes soon."),
        action=_("Answer the questions"), page="weigh", until=until,
    )  # fmt: skip


def _say_extended(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    weight_round = _round(subject_id)
    if not _still_waiting(weight_round, person, now):
        return None
    return content(
        weight_round.assessment.incident, _("You have more time to answer"),
        _("The round closes later than we told you. The page of the case says why."),
        action=_("Answer the questions"), page="weigh", until=_until(weight_round),
    )  # fmt: skip


def _say_published(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    weight_round = _round(subject_id)
    if weight_round.state != RoundState.PUBLISHED:
        return None
    return content(
        weight_round.assessment.incident, _("The score you helped to find is published"),
        _("You answered in this round. It has closed, and its score is published with how it came about."),
        action=_("See the score"), page="case",
    )  # fmt: skip


_to_answer, _to_read = partial(about_rounds, "weigh"), partial(about_rounds, "case")
KINDS = (
    Kind(
        ROUND_OPENED, gettext_lazy("A round of questions opens"),
        binding=True, recipients=_waiting, say=_say_opened, about=_to_answer,
    ),
    Kind(
        ROUND_CLOSING, gettext_lazy("Three days are left to answer"),
        binding=True, recipients=_waiting, say=_say_closing, about=_to_answer,
    ),
    Kind(
        ROUND_EXTENDED, gettext_lazy("There is more time to answer"),
        binding=True, recipients=_waiting, say=_say_extended, about=_to_answer,
    ),
    Kind(
        ROUND_PUBLISHED, gettext_lazy("A score that you helped to find is published"),
        binding=False, recipients=_answered, say=_say_published, about=_to_read,
    ),
)  # fmt: skip
