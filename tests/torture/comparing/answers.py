"""The book against what is stored of answers: rows, keys, standing versions, sums, revisions and events."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from assessments import receipts
from assessments.models import Assessment, CurrentAnswer, GroupSum, RollEntry, ScoreRun, Submission, WeightRound
from assessments.scoring.schemes import SCHEMES
from lastvote.audit.models import AuditEvent
from lastvote.audit.record import commitment
from lastvote.jobs.models import IdempotencyKey
from tests.proofs.by_hand import triangle, whole_points
from tests.torture.ledger import Entry, digest

ACTS = {"answer": "answer.accepted", "withdraw": "answer.withdrawn"}
Who = tuple[str, int]


def differences(rounds: Iterable[WeightRound], entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one sentence for everything in which book and database differ."""
    mine = [entry for entry in entries if entry.payload["act"] in ACTS]
    rounds = list(WeightRound.objects.filter(pk__in=[one.pk for one in rounds]).select_related("assessment__incident"))
    rows = _rows(rounds)
    yield from _accepted(mine, rows)
    yield from _versions(rows.values())
    for weight_round in rounds:
        place = _place(weight_round)
        its_own = [entry for entry in mine if entry.accepted and entry.payload["place"] == place]
        own_rows = [row for row in rows.values() if row.roll_entry.round_id == weight_round.pk]
        yield from _standing(weight_round, place, its_own)
        yield from _revisions(place, weight_round.assessment, own_rows)
        yield from _events(place, weight_round, own_rows)


def _rows(rounds: list[WeightRound]) -> dict[int, Submission]:
    found = Submission.objects.filter(roll_entry__round__in=rounds).order_by("assessment_id", "rev")
    related = "roll_entry__round__assessment__incident__jurisdiction"
    return {row.pk: row for row in found.select_related("detail", related)}


def _place(weight_round: WeightRound) -> str:
    incident = weight_round.assessment.incident
    return f"{incident.jurisdiction.slug}/cases/{incident.reference}"


# --- Each accepted write, exactly once --------------------------------------------------------------------------


def _accepted(entries: list[Entry], rows: Mapping[int, Submission]) -> Iterator[str]:
    keys: dict[str, list[int]] = defaultdict(list)
    for key, outcome in IdempotencyKey.objects.filter(scope__startswith="answer:").values_list("key", "outcome_id"):
        keys[key].append(outcome)
    sent: Counter[int] = Counter()
    for entry in entries:
        outcomes = keys.pop(_stored_key(entry), [])
        if entry.accepted:
            yield from _one_accepted(entry, outcomes, rows)
            sent.update(outcomes)
        elif outcomes:
            yield f"{entry.kind} {entry.key}: stored, though the client heard {entry.outcome or 'nothing certain'}"
    for key in keys:
        yield f"key {key}: stored, though the book does not know it"
    for pk, row in rows.items():
        if sent[pk] != 1:
            yield f"{row.kind} {pk}: in the book {sent[pk]} times instead of once"


def _stored_key(entry: Entry) -> str:
    """Return the name under which a key is stored; that of a program is stored as a hash."""
    if entry.payload.get("by") != "program":
        return entry.key
    return "api:" + hashlib.sha256(entry.key.encode()).hexdigest()


def _one_accepted(entry: Entry, outcomes: list[int], rows: Mapping[int, Submission]) -> Iterator[str]:
    name = f"{entry.kind} {entry.key}"
    if len(outcomes) != 1:
        yield f"{name}: accepted, and its key is stored {len(outcomes)} times"
        return
    row = rows.get(outcomes[0])
    if row is None:
        yield f"{name}: accepted, and there is no row of it"
        return
    if receipts.read(entry.receipt) != row.detail.receipt:
        yield f"{name}: the receipt is that of another row"
    if digest(_payload(row, entry)) != entry.sha256:
        yield f"{name}: something else is stored than was sent"
    if row.points != _points(entry, row.roll_entry.round.assessment):
        yield f"{name}: the points are not those of what was typed"


def _payload(row: Submission, entry: Entry) -> dict[str, Any]:
    """Return what must have been sent for this row to be stored."""
    found: dict[str, Any] = {
        "act": "withdraw" if row.kind == "withdrawal" else "answer",
        "place": _place(row.roll_entry.round),
        "person": row.roll_entry.person_id,
    }
    if "by" in entry.payload:
        found["by"] = entry.payload["by"]
    if row.kind != "withdrawal":
        found["points"] = {code: value["typed"] for code, value in row.detail.raw["values"].items()}
    return found


def _points(entry: Entry, assessment: Assessment) -> list[int] | None:
    if "points" not in entry.payload:
        return None
    return whole_points([Fraction(entry.payload["points"][code]) for code in SCHEMES[assessment.scheme].factors])


def _versions(rows: Iterable[Submission]) -> Iterator[str]:
    by_entry: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_entry[row.roll_entry_id].append(row.version)
    for entry, versions in by_entry.items():
        if versions != list(range(1, len(versions) + 1)):
            yield f"place {entry} on the roll: its versions are {versions}"


# --- What stands, and the sums of it ----------------------------------------------------------------------------


def _standing(weight_round: WeightRound, place: str, entries: list[Entry]) -> Iterator[str]:
    """Compare the answers that stand, and every group's sums, with the last word of each person in the book."""
    last = {entry.payload["person"]: entry for entry in entries}
    right = {person: _points(entry, weight_round.assessment) for person, entry in last.items()}
    current = CurrentAnswer.objects.filter(roll_entry__round=weight_round)
    stored = dict(current.values_list("roll_entry__person_id", "submission__points"))
    for person in sorted(right.keys() | stored.keys()):
        if right.get(person) != stored.get(person) or (person in right) != (person in stored):
            yield f"{place}: another answer of person {person} stands than the last in the book"
    size = SCHEMES[weight_round.assessment.scheme].size
    group_of = dict(RollEntry.objects.filter(round=weight_round).values_list("person_id", "group_id"))
    for sums in GroupSum.objects.filter(round=weight_round):
        given = [tuple(points) for person, points in right.items() if points and group_of[person] == sums.group_id]
        if (sums.n, sums.s, sums.q) != triangle(given, size):
            yield f"{place}: the sums of group {sums.group_id} are not those of the book"


def _revisions(place: str, before: Assessment, rows: list[Submission]) -> Iterator[str]:
    assessment = Assessment.objects.get(pk=before.pk)
    revisions = [row.rev for row in rows]
    last = assessment.input_rev
    if revisions != list(range(last - len(revisions) + 1, last + 1)):
        yield f"{place}: the revisions have gaps or do not end with {last}"
    if not assessment.scored_rev == assessment.folded_rev == last:
        yield f"{place}: accepted up to {last}, folded up to {assessment.folded_rev}, scored {assessment.scored_rev}"
    if not ScoreRun.objects.filter(assessment=assessment, rev=last).exists():
        yield f"{place}: there is no score at revision {last}"


# --- The log ----------------------------------------------------------------------------------------------------


def _events(place: str, weight_round: WeightRound, rows: list[Submission]) -> Iterator[str]:
    """Match every event to the one row it commits to, by kind, moment and salted hash."""
    waiting: dict[tuple[str, Any], list[Submission]] = defaultdict(list)
    for row in rows:
        kind = ACTS["withdraw" if row.kind == "withdrawal" else "answer"]
        waiting[kind, row.accepted_at].append(row)
    found = AuditEvent.objects.filter(subject="round", subject_id=weight_round.pk, kind__in=ACTS.values())
    for event in found.select_related("salt"):
        candidates = waiting[event.kind, event.at]
        match = next((row for row in candidates if _commits_to(event, row)), None)
        if match is None:
            yield f"{place}: event {event.pk} commits to no row"
        else:
            candidates.remove(match)
    for (kind, _at), left in waiting.items():
        for row in left:
            yield f"{place}: no event {kind} commits to row {row.pk}"


def _commits_to(event: AuditEvent, row: Submission) -> bool:
    told = {"kind": event.kind, "subject": event.subject, "subject_id": event.subject_id, "facts": event.facts}
    secret = {"commitment": row.commitment}
    return commitment(bytes(event.salt.salt), at=event.at, secret=secret, **told) == event.commitment
