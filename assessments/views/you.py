"""What a person has answered, for that person alone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import reads, receipts, rules
from assessments.became import Groups, Move, follow_ups, how_counted, move_of, published_groups
from assessments.charts.shares import Shares, shares
from assessments.models import Draft, Incident, Submission, WeightRound
from assessments.own_words import own_words
from assessments.rating_reads import rates_somewhere
from assessments.reads import OwnAnswer
from assessments.status import AnswerStatus, status_of
from assessments.views.weigh_scope import unseen_by_others
from assessments.wording import items_of
from lastvote import clock
from stakeholders.models import Group, Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@dataclass(frozen=True)
class Version:
    """One thing that was sent, with its receipt."""

    number: int
    sent_at: dt.datetime
    code: str
    reference: str
    status: str | Promise


@dataclass(frozen=True)
class Card:
    """One round that a person answered, or began to."""

    incident: Incident
    round: WeightRound
    group: Group
    status: str | Promise
    has_draft: bool
    is_open: bool
    closed_at: dt.datetime
    stands: bool
    chart_key: str
    chart: Shares | None
    versions: list[Version]
    moved: Move | None
    again: WeightRound | None


@require_safe
@unseen_by_others
@in_jurisdiction
@signed_in_person
def you(request: ScopedRequest) -> HttpResponse:
    """List what waits for the person, then their own answers, newest round first."""
    person = cast("Person", request.person)
    now = clock.now()
    drafts = set(Draft.objects.filter(roll_entry__person=person).values_list("roll_entry_id", flat=True))
    answers = reads.own_answers(person)
    rounds = [own.entry.round for own in answers]
    published, again = published_groups(rounds), follow_ups(rounds)
    cards = [
        _card(
            own, has_draft=own.entry.pk in drafts, now=now, key=f"answer-{place}", published=published,
            again=again.get(own.entry.round_id),
        )
        for place, own in enumerate(answers, start=1)
    ]  # fmt: skip
    rates = rates_somewhere(person, clock.local_date(now, request.jurisdiction.zone))
    facts = {"cards": cards, "rates": rates, "waiting": request.needs_action, "said": own_words(person)}
    return render(request, "assessments/you.html", facts)


def _card(
    own: OwnAnswer, *, has_draft: bool, now: dt.datetime, key: str, published: Mapping[int, Groups],
    again: WeightRound | None,
) -> Card:  # fmt: skip
    weight_round = own.entry.round
    how = how_counted(own.entry, published)
    versions = [_version(row, own, how) for row in reversed(own.versions)]
    return Card(
        incident=weight_round.assessment.incident,
        round=weight_round,
        group=own.entry.group,
        status=versions[0].status if versions else AnswerStatus.DRAFT.label,
        has_draft=has_draft,
        is_open=rules.accepts_answers(weight_round, now),
        closed_at=weight_round.closed_at or weight_round.closes_at,
        stands=own.submission is not None,
        chart_key=key,
        chart=_chart(own, key),
        versions=versions,
        moved=move_of(own.entry, published),
        again=again,
    )


def _version(row: Submission, own: OwnAnswer, how: str) -> Version:
    code = row.detail.receipt
    status = status_of(row, own.submission, own.entry, how)
    return Version(row.version, row.accepted_at, code, receipts.shown(code), _told(status, own.entry.round))


def _told(status: AnswerStatus, weight_round: WeightRound) -> str | Promise:
    if status != AnswerStatus.COUNTED:
        return status.label
    return _("Counted in round %(number)s") % {"number": weight_round.number}


def _chart(own: OwnAnswer, key: str) -> Shares | None:
    if own.submission is None:
        return None
    items = items_of(own.entry.round.assessment.scheme)
    return shares(own.submission.points or (), [item.name for item in items], key=key)
