"""Systems, deployers and sources at the desk."""

import pytest

from assessments.models import AISystem, Deployer, Source
from lastvote.texts import text
from tests import factories as make
from tests.deliberation import world as w
from tests.deliberation.casework.forms import DESK, errors, filled, new_evidence, send

pytestmark = pytest.mark.django_db


def test_systems_and_deployers_are_added_and_changed(town, incident, secretary):
    assert send(f"{DESK}deployers/new/", secretary, name="Harbour Office").status_code == 302
    deployer = Deployer.objects.get(name="Harbour Office")
    send(f"{DESK}systems/new/", secretary, deployer=deployer.token, name="Crane", description_en="Lifts.")
    system = AISystem.objects.get(name="Crane")
    assert (system.description, system.publicly_procured) == (text("Lifts."), False)
    send(f"{DESK}systems/{system.token}/", secretary, publicly_procured="on", description_en="Lifts boxes.")
    system.refresh_from_db()
    assert (system.description, system.publicly_procured) == (text("Lifts boxes."), True)
    send(f"{DESK}deployers/{deployer.token}/", secretary, name="Port Office")
    assert "Port Office" in w.text_of(w.get(f"{DESK}systems/", by=secretary))


def test_a_name_that_is_taken_comes_back(town, incident, secretary):
    page = send(f"{DESK}deployers/new/", secretary, name="City housing office")
    assert (page.status_code, errors(page)) == (409, ["This name is on the list already."])
    page = send(f"{DESK}systems/new/", secretary, name="Crane", description_en="Lifts.")
    assert (page.status_code, errors(page)) == (422, ["Choose who uses it"])


def test_whoever_changes_a_system_second_sees_both_versions(town, incident, secretary):
    url = f"{DESK}systems/{incident.system.token}/"
    form = filled(w.get(url, by=secretary))
    send(url, secretary, description_en="Answers people.", covered_by_mandate="on")
    clash = w.post(url, by=secretary, **{**form, "description_en": "Answers."})
    assert clash.status_code == 409
    assert "Answers people." in w.text_of(clash, "section")
    assert w.post(url, by=secretary, **filled(clash)).status_code == 302


def test_sources_are_added_and_corrected_until_ratings_rest_on_them(town, incident, secretary):
    source = Source.objects.get()
    page = send(f"{DESK}sources/new/", secretary, title="A letter", addresses="http://example.org/a")
    assert page.status_code == 422
    assert errors(page)[0].startswith("Use an address that begins with https://")
    assert send(f"{DESK}sources/{source.token}/", secretary, publisher="The council").status_code == 302
    make.make_assessment(town, incident=incident)
    page = send(f"{DESK}sources/{source.token}/", secretary, publisher="Somebody else")
    assert page.status_code == 409
    assert errors(page)[0].startswith("Fixed ratings rest on this source.")


def test_rows_of_another_town_do_not_exist_here(town, incident, secretary):
    other = make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1))
    source = other.evidence.get().sources.get()
    for path in (
        f"cases/{other.reference}/overview/", f"cases/{other.reference}/evidence/", f"systems/{other.system.token}/",
        f"cases/{incident.reference}/evidence/9/", f"deployers/{other.system.deployer.token}/",
        f"sources/{source.token}/",
    ):  # fmt: skip
        assert w.get(DESK + path, by=secretary).status_code == 404, path
    page = new_evidence(secretary, incident, sources=[source.token])
    assert (page.status_code, errors(page)) == (422, ["Choose one of the list"])
