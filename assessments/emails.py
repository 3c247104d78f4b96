"""One function for each message about an answer. No message says what the answer was, or for which group it was given.

A message may go out twice when a worker dies between sending and noting it. Its Message-ID is always the same, so
mail programs show it once.
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from assessments import receipts
from assessments.models import Assessment, Submission
from assessments.states import SubmissionKind
from lastvote.web import deadlines

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
    incident = newer.incident
    link = settings.BASE_URL.rstrip("/") + reverse("case", args=[incident.jurisdiction.slug, incident.reference])
    _send("rescored", submission, about=RESCORED, link=link, reason=newer.rescored_because)


def _submission(submission_id: int) -> Submission:
    return Submission.objects.select_related(
        "detail", "roll_entry__person__account", "roll_entry__round__assessment__incident__jurisdiction"
    ).get(pk=submission_id)


def _replaces_another(submission: Submission) -> bool:
    before = submission.roll_entry.submissions.filter(version=submission.version - 1).first()
    return before is not None and before.kind != SubmissionKind.WITHDRAWAL


def _recipient(submission: Submission) -> str | None:
    """Return the address as it is now; people who were erased, or have none, get nothing."""
    person = submission.roll_entry.person
    return person.account.email if person and person.account else None


def _send(message: str, submission: Submission, *, about: str = "", **more: str) -> None:
    to = _recipient(submission)
    if to is None:
        return
    with translation.override(_language(submission)):
        facts = _facts(submission) | more
        subject = " ".join(render_to_string(f"emails/{message}.subject.txt", facts).split())
        text = render_to_string(f"emails/{message}.txt", facts)
        html = render_to_string(f"emails/{message}.html", facts)
    mail = EmailMultiAlternatives(subject, text, to=[to], headers={"Message-ID": message_id(submission, about)})
    mail.attach_alternative(html, "text/html")
    mail.send()


def _language(submission: Submission) -> str:
    language = submission.detail.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _facts(submission: Submission) -> dict[str, object]:
    weight_round = submission.roll_entry.round
    incident = weight_round.assessment.incident
    jurisdiction = incident.jurisdiction
    receipt = reverse("weigh_sent", args=[jurisdiction.slug, incident.reference, submission.detail.receipt])
    return {
        "reference": receipts.shown(submission.detail.receipt),
        "incident": incident,
        "jurisdiction": jurisdiction,
        "closes": deadlines.told(weight_round.closes_at, jurisdiction.zone),
        "link": settings.BASE_URL.rstrip("/") + receipt,
    }


def message_id(submission: Submission, about: str = "") -> str:
    """Return an identifier that is the same on every try and tells nobody how many answers there are.

    ``about`` tells messages apart that rest on the same answer.
    """
    digest = salted_hmac(MESSAGE_ID_PURPOSE, f"{submission.pk}{about}", algorithm="sha256").hexdigest()[:32]
    return f"<answer-{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
