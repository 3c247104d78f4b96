"""Which score counts is decided in one place, and told wherever a score is shown."""

import csv
import io
import json
from decimal import Decimal

import pytest

from assessments.models import ScoreRun
from deliberation.governing import governing
from deliberation.models import ProtectiveFinding
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
NOTICE = "That is 91.2 out of 100, by the weights of Group C, instead of 82.0."
BOTH = "91.2 most protective view (D27); everybody together: 82.0"


def build():
    world, _now = t.judged(t.SPLIT)
    return (world, r.ended(world)), w.published(make.make_town(slug="plainville", code="PV", size=5))


built = kept(build)


@pytest.fixture
def protected(built):
    """A case that ended in the protective default, and the moment after it."""
    return copied(built[0])


@pytest.fixture
def plain(built):
    """A case with a published score and no more, in another town."""
    return copied(built[1])


def finding(score: str) -> ProtectiveFinding:
    return ProtectiveFinding(score=Decimal(score))


def test_the_published_score_counts_where_nothing_was_found():
    found = governing(Decimal("0.82"), None)
    assert (found.score, found.rule, found.raised) == (Decimal("0.82"), "published", False)


@pytest.mark.parametrize(
    ("published", "protective", "counts", "raised"),
    [("0.82", "0.9116", "0.9116", True), ("0.82", "0.82", "0.82", False), ("0.95", "0.9116", "0.95", False)],
)
def test_the_protective_score_raises_and_never_lowers(published, protective, counts, raised):
    found = governing(Decimal(published), finding(protective))
    assert (found.score, found.rule, found.raised) == (Decimal(counts), "D27", raised)


def test_every_public_page_with_a_score_says_which_one_counts(protected):
    world, now = protected
    for page in ("", "score/", "score/working/", "rounds/3/"):
        assert NOTICE in w.text_of(w.get(world.case_url + page, at=now), "main .notice"), page
    assert NOTICE not in w.text_of(w.get(world.case_url + "rounds/1/", at=now)), "an earlier round ended in nothing"
    home = w.text_of(w.get(f"/{world.town.jurisdiction.slug}/", at=now))
    assert "The most protective view counts (D27): 91.2 out of 100. Everybody's answers together: 82.0." in home
    cases = w.text_of(w.get(f"/{world.town.jurisdiction.slug}/cases/", at=now), "td[data-label=Score]")
    assert cases == BOTH
    tried = w.text_of(w.get(f"/{world.town.jurisdiction.slug}/try/", at=now, I="10"), "#what-if-output")
    assert "Published score 82.0 Most protective view, which counts (D27) 91.2" in tried


def test_every_page_of_the_desk_about_the_case_says_which_one_counts(protected):
    world, now = protected
    browser = w.visitor(world.staff(Role.SECRETARIAT), at=now)
    desk = f"/{world.town.jurisdiction.slug}/desk/"
    reference = world.assessment.incident.reference
    for page in ("rounds/", "overview/", "assessments/1/talks/2/"):
        assert NOTICE in w.text_of(w.get(f"{desk}cases/{reference}/{page}", by=browser, at=now)), page
    assert BOTH in w.text_of(w.get(desk, by=browser, at=now), "td[data-label=Stage]")
    other = make.make_incident(world.town, title="The same night")
    aside = w.get(f"{desk}cases/{other.reference}/overview/merge/", by=browser, at=now, other=reference)
    assert BOTH in w.text_of(aside, "table")


FILES = {
    "cases": "case", "cases/{ref}/case": "case", "cases/{ref}/score/working": "result",
    "cases/{ref}/score/sensitivity": "verdict",
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_every_file_holds_both_scores_and_the_rule(protected, file):
    world, now = protected
    address = f"/{world.town.jurisdiction.slug}/{file.format(ref=world.assessment.incident.reference)}"
    (row,) = json.loads(w.get(f"{address}.json", at=now).content)[FILES[file]]
    assert (row["score"], row["counts"], row["counts_because"]) == ("0.8195", "0.9120", "D27")
    sheet = list(csv.DictReader(io.StringIO(w.get(f"{address}.csv", at=now).content.decode(), newline="")))
    told = (
        sheet[0]
        if "counts" in sheet[0]
        else {one["column"]: one["value"] for one in sheet if one["table"] == FILES[file]}
    )
    assert (told["score"], told["counts"], told["counts_because"]) == ("0.8195", "0.9120", "D27")


API = {
    "cases/": "case",
    "cases/{ref}/": "case",
    "cases/{ref}/score/": "result",
    "cases/{ref}/assessments/": "assessments",
}


@pytest.mark.parametrize("address", API)
def test_programs_are_told_both_scores_and_the_rule(protected, address):
    world, now = protected
    url = f"/api/v1/{world.town.jurisdiction.slug}/{address.format(ref=world.assessment.incident.reference)}"
    (row,) = json.loads(w.get(url, at=now).content)[API[address]]
    assert (row["score"], row["counts"], row["counts_because"]) == ("0.8195", "0.9120", "D27")


def test_where_no_rule_was_invoked_the_published_score_counts_everywhere(plain):
    slug, reference = plain.town.jurisdiction.slug, plain.assessment.incident.reference
    for page in ("", "score/", "score/working/", "rounds/1/"):
        assert "most protective view of the people" not in w.text_of(w.get(plain.case_url + page, at=w.CLOSED)), page
    assert "protective" not in w.text_of(w.get(f"/{slug}/cases/", at=w.CLOSED))
    for file, table in FILES.items():
        (row,) = json.loads(w.get(f"/{slug}/{file.format(ref=reference)}.json", at=w.CLOSED).content)[table]
        assert (row["counts"], row["counts_because"]) == (row["score"], "published"), file


def test_a_case_without_a_score_has_none_that_counts():
    town = make.make_town(slug="emptyville", code="EV", size=1)
    make.make_incident(town)
    (row,) = json.loads(w.get("/emptyville/cases.json").content)["case"]
    assert (row["counts"], row["counts_because"]) == (None, None)


def test_a_later_score_above_the_protective_one_is_not_lowered(protected):
    world, now = protected
    run = ScoreRun.objects.filter(published=True).order_by("-rev").first()
    ScoreRun.objects.filter(pk=run.pk).update(binding=json.dumps(json.loads(run.binding) | {"score": "0.9500"}))
    notice = w.text_of(w.get(world.case_url, at=now), "#score .notice")
    assert "It leads to no higher score, so 95.0 out of 100 stands." in notice


def test_the_dictionary_explains_the_new_columns(plain):
    page = w.text_of(w.get(f"/{plain.town.jurisdiction.slug}/data/", at=w.CLOSED))
    assert page.count("Why that score counts: it was published, or the protective default holds (D27)") >= 3
