"""The book against what is stored of ratings: each version once and in order, its event, and what is half filled in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from assessments.models import Assessment, Rating, RatingDraft
from lastvote.audit.models import AuditEvent
from lastvote.audit.record import commitment
from tests.torture.ledger import Entry

ACTS = ("rating", "draft")
Who = tuple[str, int]


def differences(rated: Iterable[Assessment], entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one sentence for everything in which book and database differ."""
    sent: dict[Who, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.payload["act"] in ACTS and entry.accepted:
            sent[entry.payload["place"], entry.payload["person"]].append(entry)
    stored = _stored(rated)
    drafts = _drafts(rated)
    for who in sorted(sent.keys() | stored.keys() | drafts.keys()):
        yield from _one_evaluator(who, sent[who], stored[who], drafts.get(who, {}))
    for assessment in rated:
        yield from _events(assessment)


def _place(assessment: Assessment) -> str:
    incident = assessment.incident
    return f"{incident.jurisdiction.slug}/cases/{incident.reference}/assessments/{assessment.number}"


def _stored(rated: Iterable[Assessment]) -> dict[Who, list[dict[str, tuple[str, str]]]]:
    """Return what each evaluator's versions say, the oldest first."""
    found: dict[Who, list[dict[str, tuple[str, str]]]] = defaultdict(list)
    for assessment in rated:
        for rating in assessment.ratings.order_by("evaluator_id", "version").prefetch_related("values"):
            versions = found[_place(assessment), rating.evaluator_id]
            versions.append({value.factor: (str(value.value), value.reason) for value in rating.values.all()})
    return found


def _drafts(rated: Iterable[Assessment]) -> dict[Who, dict[str, tuple[str, str]]]:
    return {
        (_place(draft.assessment), draft.evaluator_id): {
            code: (parts["0"]["typed"], parts["0"]["reason"]) for code, parts in draft.data.items()
        }
        for draft in RatingDraft.objects.filter(assessment__in=list(rated)).select_related(
            "assessment__incident__jurisdiction"
        )
    }


def _said(entry: Entry) -> dict[str, tuple[str, str]]:
    return {code: (value, f"Note {entry.key}") for code, value in entry.payload["values"].items()}


def _one_evaluator(who: Who, sent: list[Entry], stored: list[dict[str, Any]], draft: dict[str, Any]) -> Iterator[str]:
    right, half = [], dict[str, tuple[str, str]]()
    for entry in sent:
        if entry.payload["act"] == "rating":
            right.append(_said(entry))
            half = {}
        else:
            half |= _said(entry)
    for version, said in enumerate(right, start=1):
        times = stored.count(said)
        if times != 1:
            yield f"{who}: version {version} in the book is stored {times} times"
    if stored != right:
        yield f"{who}: {len(right)} ratings in the book, {len(stored)} stored, or in another order"
    if draft != half:
        yield f"{who}: what is half filled in is not what was kept last"


def _events(assessment: Assessment) -> Iterator[str]:
    ratings = list(Rating.objects.filter(assessment=assessment).order_by("pk").prefetch_related("values"))
    events = AuditEvent.objects.filter(kind="rating.submitted", subject="assessment", subject_id=assessment.pk)
    for event in events.select_related("salt"):
        match = next((rating for rating in ratings if _commits_to(event, rating)), None)
        if match is None:
            yield f"{_place(assessment)}: event {event.pk} commits to no rating"
        else:
            ratings.remove(match)
    for rating in ratings:
        yield f"{_place(assessment)}: no event commits to rating {rating.pk}"


def _commits_to(event: AuditEvent, rating: Rating) -> bool:
    values = [[row.factor, row.part, str(row.value)] for row in sorted(rating.values.all(), key=lambda row: row.pk)]
    if event.actor_id != rating.evaluator_id or event.facts != {"version": rating.version}:
        return False
    told = {"kind": event.kind, "subject": event.subject, "subject_id": event.subject_id, "facts": event.facts}
    return commitment(bytes(event.salt.salt), at=event.at, secret={"values": values}, **told) == event.commitment
