"""One function for each message about a case. No message says what somebody answered or rated, or for which group.

A message may go out twice when a worker dies between sending and noting it. Its Message-ID is always the same, so
mail programs show it once.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from assessments import receipts
from assessments.models import Assessment, EvaluatorAppointment, Incident, Rating, Submission
from assessments.rating_reads import is_in_force
from assessments.states import Channel, MergeAct, SubmissionKind
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.subjects import subject_for

MESSAGE_ID_PURPOSE = "assessments.emails.message-id"
RESCORED = ":rescored"


def send_answer_accepted(submission_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell somebody that their answers, or a change of them, have arrived."""
    submission = _submission(submission_id)
    _send("answer_changed" if _replaces_another(submission) else "answer_sent", submission)


def send_answer_withdrawn(submission_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell somebody that their answers no longer count."""
    _send("answer_withdrawn", _submission(submission_id))


def send_rescored(submission_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell somebody who answered that the case was rated again, and why; what they answered is not carried over."""
    submission = _submission(submission_id)
    newer = Assessment.objects.get(supersedes=submission.assessment_id)
    link = _case_page(newer.incident)
    _send("rescored", submission, about=RESCORED, link=link, reason=newer.rescored_because)


def send_appointed(appointment_id: int, now: dt.datetime) -> None:
    """Ask somebody to rate who was appointed, the third evaluator like the first; nothing if that has ended since."""
    rows = EvaluatorAppointment.objects.select_related("person__account", "assessment__incident__jurisdiction")
    appointment = rows.filter(pk=appointment_id).first()
    if appointment is None or not is_in_force(appointment, now):
        return
    assessment = appointment.assessment
    _send_to_rater(
        "appointed", appointment.person, assessment.incident, f"appointment:{appointment_id}",
        assessment=assessment, supervised=appointment.supervised, link=_rating_page(assessment),
    )  # fmt: skip


def send_signed_off(rating_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell an evaluator who is still learning that a supervisor stands behind their rating."""
    rating = _rating(rating_id)
    assessment = rating.assessment
    _send_to_rater(
        "signed_off", rating.evaluator, assessment.incident, f"signed off:{rating_id}", link=_rating_page(assessment)
    )


def send_merged(submission_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell somebody who answered that the case was merged into another one, or stands alone again."""
    submission = _submission(submission_id)
    incident = submission.roll_entry.round.assessment.incident
    _send("merged", submission, about=_about_merge(incident), **_merge_of(incident))


def send_merged_to_rater(rating_id: int, now: dt.datetime) -> None:  # noqa: ARG001 -- every handler's signature
    """Tell somebody who rated a case the same."""
    rating = _rating(rating_id)
    incident = rating.assessment.incident
    identifier = f"rating:{rating_id}{_about_merge(incident)}"
    _send_to_rater("merged", rating.evaluator, incident, identifier, **_merge_of(incident))


def _merge_of(incident: Incident) -> dict[str, Any]:
    """Say where the case is now, whatever it was when the message was owed."""
    row = incident.merges.select_related("kept").latest("pk")
    merged = row.act == MergeAct.MERGED
    link = _case_page(row.kept if merged else incident)
    return {"kept": row.kept, "merged": merged, "reason": row.reason, "link": link}


def _about_merge(incident: Incident) -> str:
    return f":merge:{incident.merges.latest('pk').pk}"


def _rating(rating_id: int) -> Rating:
    return Rating.objects.select_related("evaluator__account", "assessment__incident__jurisdiction").get(pk=rating_id)


def _submission(submission_id: int) -> Submission:
    return Submission.objects.select_related(
        "detail", "roll_entry__person__account", "roll_entry__round__assessment__incident__jurisdiction"
    ).get(pk=submission_id)


def _replaces_another(submission: Submission) -> bool:
    before = submission.roll_entry.submissions.filter(version=submission.version - 1).first()
    return before is not None and before.kind != SubmissionKind.WITHDRAWAL


def _address_of(person: Person) -> str:
    """Return the address as it is now; people who have none get nothing."""
    return person.account.email if person.account else ""


def _send(message: str, submission: Submission, *, about: str = "", **more: Any) -> None:
    person = submission.roll_entry.person
    if person is None or not _address_of(person):  # erasing somebody took the detail along, and with it the language
        return
    _deliver(
        message, to=person, language=_language(submission.detail.language), facts=_facts(submission) | more,
        identifier=f"{submission.pk}{about}",
    )  # fmt: skip


def _send_to_rater(message: str, person: Person, incident: Incident, identifier: str, **more: Any) -> None:
    if not _address_of(person):
        return
    facts = {"incident": incident, "jurisdiction": incident.jurisdiction, **more}
    _deliver(message, to=person, language=_language_of(incident), facts=facts, identifier=identifier)


def _deliver(message: str, *, to: Person, language: str, facts: dict[str, Any], identifier: str) -> None:
    with translation.override(language):
        subject = subject_for(to, " ".join(render_to_string(f"emails/{message}.subject.txt", facts).split()))
        text = render_to_string(f"emails/{message}.txt", facts)
        html = render_to_string(f"emails/{message}.html", facts)
    headers = {"Message-ID": message_id(identifier)}
    mail = EmailMultiAlternatives(subject, text, to=[_address_of(to)], headers=headers)
    mail.attach_alternative(html, "text/html")
    mail.send()


def _language(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)


def _language_of(incident: Incident) -> str:
    """Return the language of the place, for people who have not written in any yet."""
    languages: list[str] = incident.jurisdiction.languages
    return _language(languages[0] if languages else settings.LANGUAGE_CODE)


def _case_page(incident: Incident) -> str:
    return str(settings.BASE_URL).rstrip("/") + reverse("case", args=[incident.jurisdiction.slug, incident.reference])


def _rating_page(assessment: Assessment) -> str:
    incident = assessment.incident
    path = reverse("rating", args=[incident.jurisdiction.slug, incident.reference, assessment.number])
    return str(settings.BASE_URL).rstrip("/") + path


def _facts(submission: Submission) -> dict[str, object]:
    weight_round = submission.roll_entry.round
    incident = weight_round.assessment.incident
    jurisdiction = incident.jurisdiction
    receipt = reverse("weigh_sent", args=[jurisdiction.slug, incident.reference, submission.detail.receipt])
    return {
        "reference": receipts.shown(submission.detail.receipt),
        "incident": incident,
        "jurisdiction": jurisdiction,
        "on_paper": submission.detail.channel == Channel.PAPER,
        "closes": deadlines.told(weight_round.closes_at, jurisdiction.zone),
        "link": settings.BASE_URL.rstrip("/") + receipt,
    }


def message_id(identifier: str) -> str:
    """Return an identifier that is the same on every try and tells nobody how many answers there are.

    ``identifier`` names what the message rests on, and what it is about where several messages rest on the same.
    """
    digest = salted_hmac(MESSAGE_ID_PURPOSE, identifier, algorithm="sha256").hexdigest()[:32]
    return f"<answer-{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
