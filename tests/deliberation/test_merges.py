"""Pages on which cases are merged and separated, and what the public finds afterwards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import evidence, merges
from assessments.models import Incident
from assessments.states import EvidenceKind, Visibility
from lastvote.access import Role
from lastvote.texts import text
from tests import factories as make
from tests.architecture.world import judged_round
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
CASES = "/testville/desk/cases/"
WHY = "Both tell of the chatbot of May."


@pytest.fixture
def town():
    return make.make_town(codes=("A", "C", "D"), size=5)


@pytest.fixture
def secretary(town):
    return w.visitor(town.staff[Role.SECRETARIAT])


@pytest.fixture
def gone(town):
    return make.make_incident(town, title="The same again")


@pytest.fixture
def kept(town):
    return make.make_incident(town, title="Housing chatbot")


def merged(town, gone, kept):
    return merges.merge_incident(
        incident=gone, into=kept, reason=WHY, by=town.staff[Role.SECRETARIAT], now=make.NOW
    )  # fmt: skip


def errors(page):
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def page_of(incident, name):
    return f"{CASES}{incident.reference}/overview/{name}/"


def links(page):
    return [link["href"] for link in w.soup(page).select("main a")]


def test_the_other_case_is_found_by_reference_or_words_and_never_the_case_itself(gone, kept, secretary):
    url = page_of(gone, "merge")
    wanted = f"{url}?other={kept.reference}"
    for words in (kept.reference.lower(), "housing", "CITY housing"):
        found = [link for link in links(w.get(f"{url}?q={words}", by=secretary)) if "?other=" in link]
        assert [f"{url}{link.removeprefix(url)}" for link in found] == [wanted]
    assert "0 results for “zeppelin”" in w.text_of(w.get(f"{url}?q=zeppelin", by=secretary))


def test_more_cases_than_fit_ask_for_another_word(town, gone, secretary):
    for _number in range(21):
        make.make_incident(town, title="Housing chatbot")
    page = w.get(f"{page_of(gone, 'merge')}?q=housing", by=secretary)
    assert len([link for link in links(page) if "?other=" in link]) == 20
    assert "There are more. Add a word to see fewer." in w.text_of(page)


def test_both_cases_are_seen_checked_and_merged(gone, kept, secretary):
    url = page_of(gone, "merge")
    page = w.get(f"{url}?other={kept.reference}", by=secretary)
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in w.soup(page).select("tbody tr")]
    assert cells[0] == ["The same again", "Housing chatbot"]
    assert f"{page_of(kept, 'merge')}?other={gone.reference}" in links(page)

    check = w.post(url, by=secretary, other=kept.reference, reason=WHY)
    assert (check.status_code, WHY in w.text_of(check)) == (200, True)
    assert Incident.objects.filter(merged_into=None).count() == 2
    done = w.post(url, by=secretary, other=kept.reference, reason=WHY, confirmed="yes")
    assert done["Location"] == f"{CASES}{kept.reference}/overview/"
    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_what_was_typed_stays_when_something_is_missing(gone, kept, secretary):
    url = page_of(gone, "merge")
    page = w.post(url, by=secretary, other=kept.reference)
    assert (page.status_code, errors(page)) == (422, ["Enter your reason"])
    for other in ("", "TV-2026-9999", gone.reference):
        page = w.post(url, by=secretary, other=other, reason=WHY)
        assert (page.status_code, errors(page)) == (422, ["Choose a case of this place"])


def test_signs_that_nobody_sees_are_taken_out_of_the_reason_and_the_page_says_so(gone, kept, secretary):
    sent = {"other": kept.reference, "reason": f"\u202e{WHY}", "confirmed": "yes"}
    done = w.post(page_of(gone, "merge"), by=secretary, **sent)
    assert gone.merges.get().reason == WHY
    assert "Signs that nobody can see were taken out" in w.text_of(w.get(done["Location"], by=secretary))


def test_a_refusal_comes_back_with_the_reason_that_was_typed(town, gone, kept, secretary):
    third = make.make_incident(town, title="A third one")
    merged(town, gone, kept)
    sent = {"other": third.reference, "reason": WHY, "confirmed": "yes"}
    page = w.post(page_of(kept, "merge"), by=secretary, **sent)
    assert (page.status_code, w.soup(page).select_one("textarea").get_text().strip()) == (409, WHY)
    assert errors(page) == [
        "Other cases were merged into this one. Merge the other way round, or separate those first."
    ]


def test_a_merged_case_is_separated_with_a_reason(town, gone, kept, secretary):
    merged(town, gone, kept)
    url = page_of(gone, "separate")
    assert url in links(w.get(f"{CASES}{gone.reference}/overview/", by=secretary))
    assert "It was merged into" in w.text_of(w.get(page_of(gone, "merge"), by=secretary))
    assert errors(w.post(url, by=secretary)) == ["Enter your reason"]
    assert w.post(url, by=secretary, reason="Another one.").status_code == 200
    done = w.post(url, by=secretary, reason="Another one.", confirmed="yes")
    assert done["Location"] == f"{CASES}{gone.reference}/overview/"
    assert w.get(f"/testville/cases/{gone.reference}/").status_code == 200
    assert w.post(url, by=secretary, reason="Another one.").status_code == 409


def test_the_desk_offers_no_new_work_on_a_merged_case(town, gone, kept, secretary):
    make.make_assessment(town, incident=gone)
    desk = f"{CASES}{gone.reference}/"
    offered = {f"{desk}ratings/open/", f"{desk}rounds/announce/", f"{desk}evidence/new/"}

    def found():
        pages = [w.get(f"{desk}{name}/", by=secretary) for name in ("ratings", "rounds", "evidence")]
        return {link for page in pages for link in links(page)}

    assert offered - found() == set()
    merged(town, gone, kept)
    assert offered & found() == set()


def test_the_public_page_shows_what_the_merged_case_brought(town, gone, kept):
    judged_round(town, gone)
    merged(town, gone, kept)
    page = w.soup(w.get(f"/testville/cases/{kept.reference}/"))
    told = page.select_one("#merged").get_text(" ", strip=True)
    for words in ("The same again", gone.reference, WHY, "120 tenants got wrong answers.", "Council report"):
        assert words in told
    identifiers = [part["id"] for part in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))
    assert f"evidence-{gone.reference}-1" in identifiers


def test_published_scores_of_a_merged_case_keep_their_addresses(town, gone, kept):
    judged_round(town, gone)
    merged(town, gone, kept)
    page = w.soup(w.get(f"/testville/cases/{kept.reference}/"))
    working = page.select_one("#merged dl a")["href"]
    case = f"/testville/cases/{gone.reference}/"
    assert working == f"{case}assessments/1/score/working/"
    for address in (working, f"{case}score/working/", f"{case}rounds/1/", f"{case}assessments/1/rounds/1/"):
        answer = w.get(address)
        notice = f"{gone.reference} was merged into another case"
        assert (answer.status_code, notice in w.text_of(answer)) == (200, True)
    for address in (f"{case}evidence.json", f"{case}rounds/1/record.json", f"{case}score/working.json"):
        assert w.get(address).status_code == 200


def test_withheld_evidence_of_a_merged_case_stays_withheld(town, gone, kept):
    by, item = town.staff[Role.SECRETARIAT], gone.evidence.get()
    evidence.add_evidence(
        incident=gone, kind=EvidenceKind.EVIDENCE, statement="A name.", as_of_words="2026", as_of_from=None,
        as_of_to=None, sources=list(item.sources.all()), by=by, now=make.NOW, visibility=Visibility.RESTRICTED,
        visibility_reason="It names somebody.",
    )  # fmt: skip
    merged(town, gone, kept)
    case = f"/testville/cases/{kept.reference}/"
    for address in (case, f"{case}case.json", f"{case}case.csv"):
        told = w.get(address).content.decode()
        assert ("A name." in told, "It names somebody." in told) == (False, True)


def test_the_files_of_the_kept_case_hold_what_was_merged(town, gone, kept):
    merged(town, gone, kept)
    told = w.get(f"/testville/cases/{kept.reference}/case.json").json()
    assert told["merged"] == [{
        "reference": gone.reference, "language": "en", "title": "The same again", "reason": WHY,
        "merged_at": "2026-06-01T12:00:00Z",
    }]  # fmt: skip
    rows = [(row["reference"], row["number"], row["statement"]) for row in told["merged_evidence"]]
    assert rows == [(gone.reference, 1, "120 tenants got wrong answers.")]
    assert [row["number"] for row in told["evidence"]] == [1]


def test_the_timeline_of_the_kept_case_says_that_one_came(town, gone, kept):
    merged(town, gone, kept)
    told = w.text_of(w.get(f"/testville/cases/{kept.reference}/?all"))
    assert "Another case was merged into this one. By the secretariat" in told


def test_the_page_asks_as_often_for_three_merged_cases_as_for_one(town, gone, kept):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert w.get(f"/testville/cases/{kept.reference}/").status_code == 200
        return len(queries)

    make.make_assessment(town, incident=gone)
    merged(town, gone, kept)
    asked()
    once = asked()
    for number in range(2):
        other = make.make_incident(town, title=f"Again {number}")
        make.make_assessment(town, incident=other)
        merged(town, other, kept)
    assert asked() == once


def test_titles_in_another_language_are_told_in_it(town, gone, kept):
    Incident.objects.filter(pk=gone.pk).update(title=text("O mesmo", "pt"))
    merged(town, gone, kept)
    told = w.get(f"/testville/cases/{kept.reference}/case.json").json()["merged"][0]
    assert (told["language"], told["title"]) == ("pt", "O mesmo")
