"""Evidence at the desk: added, changed, and its figures side by side."""

import datetime as dt

import pytest

from assessments.models import EvidenceItem, Source
from deliberation.demo import files
from tests.deliberation import world as w
from tests.deliberation.casework.forms import (
    DESK,
    errors,
    evidence_url,
    filled,
    new_evidence,
    send,
)

pytestmark = pytest.mark.django_db


def test_evidence_is_added_with_dates_figure_and_several_sources(town, incident, secretary):
    send(f"{DESK}sources/new/", secretary, title="A letter", addresses="https://example.org/a\n\nhttps://example.org/b")
    tokens = list(Source.objects.values_list("token", flat=True))
    assert new_evidence(secretary, incident, low="1 200,5", high="1 500", sources=tokens).status_code == 302
    item = EvidenceItem.objects.get(number=2)
    assert (str(item.low), str(item.high), item.as_of_from, item.as_of_to) == (
        "1200.5000", "1500.0000", dt.date(2026, 5, 1), dt.date(2026, 5, 31),
    )  # fmt: skip
    assert item.sources.count() == 2
    assert Source.objects.get(title="A letter").addresses == ["https://example.org/a", "https://example.org/b"]


def test_one_figure_and_one_day_are_both_ends(town, incident, secretary):
    new_evidence(secretary, incident, as_of_to="", high="")
    item = EvidenceItem.objects.get(number=2)
    assert (item.low, item.high, item.as_of_from, item.as_of_to) == (130, 130, dt.date(2026, 5, 1), dt.date(2026, 5, 1))


@pytest.mark.parametrize(("typed", "sentences"), [
    ({"statement": ""}, ["Enter the statement"]),
    ({"as_of_words": " "}, ["Enter the date as the source prints it"]),
    ({"sources": []}, ["Name at least one source for this evidence."]),
    ({"sources": ["none"]}, ["Choose one of the list"]),
    ({"low": "many"}, ["Enter a number, like 1200 or 0.5"]),
    ({"low": "1,200"}, ["Leave out the marks between thousands, like 1200, so that nobody reads 1.2"]),
    ({"low": "50,000,000"}, ["Leave out the marks between thousands, like 1200, so that nobody reads 1.2"]),
    ({"low": "2", "high": "1"}, ["The lower figure must not be above the higher one."]),
    ({"as_of_to": "1 April 2026"}, ["The first date must not be after the last one."]),
    ({"as_of_from": "31 June 2026"}, ["This must be a real date, like 3 June 2025"]),
    ({"visibility": "restricted"}, ["Say why this evidence is withheld."]),
    ({"visibility": "secret"}, ["Choose one of the list"]),
    ({"kind": "rumour"}, ["Choose one of the list"]),
])  # fmt: skip
def test_evidence_that_cannot_be_used_comes_back_whole(town, incident, secretary, typed, sentences):
    page = new_evidence(secretary, incident, **typed)
    assert (page.status_code, errors(page), EvidenceItem.objects.count()) == (422, sentences, 1)
    assert filled(page)["unit"] == ["tenants"]


def test_changed_evidence_is_a_new_version_and_shows_the_old_one(town, incident, secretary):
    url = f"{evidence_url(incident)}1/"
    assert send(url, secretary, statement="121 tenants got wrong answers.").status_code == 302
    page = w.get(url, by=secretary)
    assert filled(page)["statement"] == ["121 tenants got wrong answers."]
    assert "120 tenants got wrong answers." in w.text_of(page, "details")
    public = w.text_of(w.get(f"/testville/cases/{incident.reference}/"), "#evidence")
    assert "121 tenants" in public
    assert "120 tenants" not in public


def test_whoever_changes_evidence_second_sees_both_versions(town, incident, secretary):
    url = f"{evidence_url(incident)}1/"
    form = filled(w.get(url, by=secretary))
    send(url, secretary, unit="people")
    clash = w.post(url, by=secretary, **{**form, "unit": "tenants", "visibility": "restricted",
                                         "visibility_reason": "Names people."})  # fmt: skip
    assert clash.status_code == 409
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in w.soup(clash).select("section tbody tr")
    ]
    assert rows == [
        ["Unit", "people", "tenants"], ["Who may read it", "Public", "Withheld"],
        ["Why it is withheld, if it is", "nothing", "Names people."],
    ]  # fmt: skip
    assert w.post(url, by=secretary, **filled(clash)).status_code == 302
    assert EvidenceItem.objects.count() == 3


def test_figures_that_differ_stand_beside_each_other_and_are_never_merged(town, incident, secretary):
    new_evidence(secretary, incident, low="130")
    new_evidence(secretary, incident, low="120", high="150", figure_of="Tenants  told wrongly")
    new_evidence(secretary, incident, low="9", unit="offices")
    for place in (f"/testville/cases/{incident.reference}/", evidence_url(incident)):
        page = w.get(place, by=secretary)
        table = w.soup(page).find("caption", string="tenants told wrongly (tenants)").parent
        rows = [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]
        assert rows == ["Evidence 2 130 May 2026", "Evidence 3 120 to 150 May 2026"], place


def test_a_withheld_figure_is_not_told_beside_others(town, incident, secretary):
    new_evidence(secretary, incident, low="130")
    new_evidence(secretary, incident, low="999", visibility="restricted", visibility_reason="Names people.")
    page = w.text_of(w.get(f"/testville/cases/{incident.reference}/"))
    assert "Figures that differ" not in page
    assert "999" not in page
    assert "Names people." in page


def test_the_demo_lays_both_figures_of_profiles_taken_side_by_side():
    data = files.case("cambridge_analytica")
    rows = files.evidence(data)
    told = {number: rows[int(number) - 1].low for number in data["figure_of"]}
    assert told == {"2": "50000000", "3": "87000000"}
    assert len(set(data["figure_of"].values())) == 1
    assert {rows[int(number) - 1].unit for number in told} == {"profiles"}
