"""Rating a case again does not end the protective default."""

import json
from decimal import Decimal

import pytest

from assessments.actions import merges, publication
from deliberation.governing import finding_of, findings_of
from deliberation.models import ProtectiveFinding
from lastvote.access import Role
from lastvote.errors import Refused
from tests import factories as make
from tests import rating_world as rw
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
NOTICE = "That is 91.2 out of 100, by the weights of Group C, instead of {}."
STAYS = "It was found in assessment 1 of this case. A new assessment does not end it."
BOTH = "91.2 most protective view (D27); everybody together: {}"


def ended():
    world, _now = t.judged(t.SPLIT)
    return world, r.ended(world)


built = kept(ended)


@pytest.fixture
def protected(built):
    """A case that ended in the protective default, and the moment after it."""
    return copied(built)


def score_low(world, again, now) -> None:
    for evaluator in world.town.evaluators[:2]:
        rw.rate(again, evaluator, "0.3")
    rw.freeze(world.town, again)
    publication.count_and_publish(again.pk, now)


def test_a_new_assessment_without_a_score_leaves_the_protective_default_on_every_page(protected):
    world, now = protected
    rw.rate_again(world.town, world.assessment, now)
    page = w.get(world.case_url, at=now)
    assert NOTICE.format("82.0") in w.text_of(page, "#score .notice")
    assert STAYS in w.text_of(page, "#score .notice")
    (record,) = (link["href"] for link in w.soup(page).select("#score a") if link.text == "protection.json")
    assert w.get(record, at=now).status_code == 200
    slug, reference = world.town.jurisdiction.slug, world.assessment.incident.reference
    assert w.text_of(w.get(f"/{slug}/cases/", at=now), "td[data-label=Score]") == BOTH.format("82.0")
    browser = w.visitor(world.staff(Role.SECRETARIAT), at=now)
    for place in ("rounds/", "overview/"):
        assert NOTICE.format("82.0") in w.text_of(w.get(f"/{slug}/desk/cases/{reference}/{place}", by=browser, at=now))
    assert BOTH.format("82.0") in w.text_of(w.get(f"/{slug}/desk/", by=browser, at=now), "td[data-label=Stage]")
    other = make.make_incident(world.town, title="The same night")
    aside = w.get(f"/{slug}/desk/cases/{other.reference}/overview/merge/", by=browser, at=now, other=reference)
    assert BOTH.format("82.0") in w.text_of(aside, "table")


@pytest.mark.parametrize("address", ["/{slug}/cases.json", "/{slug}/cases/{ref}/case.json", "/api/v1/{slug}/cases/"])
def test_a_new_assessment_without_a_score_leaves_the_protective_default_in_every_file(protected, address):
    world, now = protected
    rw.rate_again(world.town, world.assessment, now)
    place = address.format(slug=world.town.jurisdiction.slug, ref=world.assessment.incident.reference)
    (row,) = json.loads(w.get(place, at=now).content)["case"]
    assert (row["score"], row["counts"], row["counts_because"]) == ("0.8195", "0.9120", "D27")


def test_a_new_and_lower_score_does_not_count_instead_of_the_protective_one(protected):
    world, now = protected
    score_low(world, rw.rate_again(world.town, world.assessment, now), now)
    notice = w.text_of(w.get(world.case_url, at=now), "#score .notice")
    assert NOTICE.format("30.0") in notice
    assert STAYS in notice
    cases = w.text_of(w.get(f"/{world.town.jurisdiction.slug}/cases/", at=now), "td[data-label=Score]")
    assert cases.startswith(BOTH.format("30.0"))
    assert NOTICE.format("30.0") in w.text_of(w.get(world.case_url + "score/working/", at=now), "main .notice")


@pytest.mark.parametrize(("second", "holds"), [("0.5", 1), ("0.99", 2)])
def test_the_most_protective_finding_holds_and_never_for_an_assessment_before_it(
    protected, django_assert_num_queries, second, holds
):
    world, now = protected
    first = world.assessment
    again = rw.rate_again(world.town, world.assessment, now)
    score_low(world, again, now)
    assert finding_of(again).case.assessment_id == first.pk
    later = t.Case.objects.create(assessment=again, opened_at=now)
    old = finding_of(first)
    ProtectiveFinding.objects.create(
        case=later, weight_round=old.weight_round, score=Decimal(second), body=old.body, sha256=old.sha256,
        score_string=old.score_string, found_at=now,
    )  # fmt: skip
    with django_assert_num_queries(1):
        found = findings_of([first.pk, again.pk])
    numbers = {pk: finding.case.assessment.number for pk, finding in found.items()}
    assert numbers == {first.pk: 1, again.pk: holds}
    assert w.get(f"{world.case_url}assessments/2/protection.json", at=now).status_code == 200  # whichever holds


def test_an_address_with_a_number_serves_what_was_found_in_that_assessment(protected):
    world, now = protected
    rw.rate_again(world.town, world.assessment, now)
    case = world.case_url
    newest, first = (w.get(f"{case}{place}", at=now) for place in ("protection.json", "assessments/1/protection.json"))
    assert (newest.status_code, newest.content) == (200, first.content)
    assert w.get(f"{case}assessments/2/protection.json", at=now).status_code == 404


def test_a_protected_case_is_not_merged_away_and_another_one_can_be_merged_into_it(protected):
    world, now = protected
    kept_case, other = world.assessment.incident, make.make_incident(world.town, title="The same night")
    act = {"reason": "The same night.", "by": world.staff(Role.SECRETARIAT), "now": now}
    with pytest.raises(Refused) as refused:
        merges.merge_incident(incident=kept_case, into=other, **act)
    assert (refused.value.status, refused.value.code) == (409, "case_protected")
    sentence = "A case in which the most protective view holds cannot be merged into another one."
    assert str(refused.value.message) == sentence  # true as well where the other case is protected too
    merges.merge_incident(incident=other, into=kept_case, **act)
    assert NOTICE.format("82.0") in w.text_of(w.get(world.case_url, at=now), "#score .notice")
