"""Where the pages of talks are. Each address names the talks themselves, so it leads to the same ones for good."""

from django.urls import reverse

from deliberation.models import DeliberationRound, Statement


def room_of(one: DeliberationRound, page: str = "assessment_talks") -> str:
    """Return the address of a page that everybody reads."""
    return reverse(page, args=_place_of(one))


def desk_of(one: DeliberationRound, page: str = "desk_talks", *more: object) -> str:
    """Return the address of a page at the desk."""
    return reverse(page, args=[*_place_of(one), *more])


def reason_of(statement: Statement, page: str = "talks_reason") -> str:
    """Return the address of a page of one reason; its token is its own, whichever assessment the talks belong to."""
    one = statement.round
    incident = one.case.assessment.incident
    return reverse(page, args=[incident.jurisdiction.slug, incident.reference, one.number, statement.token])


def _place_of(one: DeliberationRound) -> list[object]:
    assessment = one.case.assessment
    incident = assessment.incident
    return [incident.jurisdiction.slug, incident.reference, assessment.number, one.number]
