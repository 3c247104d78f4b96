"""Cases, evidence, systems and sources: changed as new versions, seen by whoever comes second, refused by name."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction

from assessments import reads
from assessments.actions import evidence, incidents, parties, sources
from assessments.actions.changes_seen import fingerprint
from assessments.actions.evidence import Statement, seen_of
from assessments.actions.incidents import IncidentFacts
from assessments.actions.sources import SourceFacts
from assessments.models import AISystem, Deployer, EvidenceItem, Incident, IncidentVersion, Source
from assessments.publication_record import evidence_reference
from assessments.states import Visibility
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def incident(town):
    return make.make_incident(town)


@pytest.fixture
def secretary(town):
    return town.staff[Role.SECRETARIAT]


@pytest.fixture
def elsewhere():
    return make.make_town(slug="elsewhere", code="EW", size=1)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code, refused.value.status


def kinds():
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


def change(incident, by, seen=None, **changes):
    facts = IncidentFacts.of(incident)
    return incidents.change_incident(
        incident=incident, facts=replace(facts, **changes), seen=seen or fingerprint(facts.plain()), by=by,
        now=make.NOW,
    )  # fmt: skip


def test_a_changed_case_keeps_what_it_said_before(incident, secretary):
    new = change(incident, secretary, title=text("Another title"))
    before = new.earlier.get()
    assert (new.version, new.title["texts"]["en"], before.version, before.title["texts"]["en"]) == (
        2, "Another title", 1, "Housing chatbot",
    )  # fmt: skip
    assert (before.replaced_by, before.replaced_at, before.summary) == (secretary, make.NOW, incident.summary)
    event = AuditEvent.objects.get(kind="incident.changed")
    assert event.facts == {"reference": incident.reference, "version": 2, "changed": ["title"]}


def test_an_earlier_version_is_never_changed(incident, secretary):
    change(incident, secretary, title=text("Another title"))
    with pytest.raises(DatabaseError), transaction.atomic():
        IncidentVersion.objects.update(version=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        IncidentVersion.objects.all().delete()


def test_sending_the_same_again_changes_nothing(incident, secretary):
    seen = fingerprint(IncidentFacts.of(incident).plain())
    change(incident, secretary, title=text("Another title"))
    incident.refresh_from_db()
    assert change(incident, secretary, seen=seen, title=text("Another title")).version == 2
    assert kinds().count("incident.changed") == 1


def test_the_second_of_two_who_change_a_case_is_told(incident, secretary):
    seen = fingerprint(IncidentFacts.of(incident).plain())
    change(incident, secretary, title=text("Mine"))
    incident.refresh_from_db()
    with pytest.raises(Refused) as refused:
        change(incident, secretary, seen=seen, title=text("Yours"))
    assert (refused.value.code, refused.value.status) == ("changed_meanwhile", 409)
    assert Incident.objects.get().title["texts"]["en"] == "Mine"


@pytest.mark.parametrize(("changes", "code"), [
    ({"title": text("")}, "blank"),
    ({"title": text("  ")}, "blank"),
    ({"title": text("\u200b")}, "blank"),
    ({"title": {"source": "pt", "texts": {"en": "Words"}, "outdated": []}}, "blank"),
    ({"title": text("x" * 201)}, "max_length"),
    ({"title": text("x" * 10_001)}, "max_length"),
    ({"summary": text("x" * 5_001)}, "max_length"),
    ({"affected": text("a\x00b")}, "null_characters"),
    ({"summary": text("a\ud800b")}, "surrogate"),
    ({"title": text("a\u202eb")}, "hidden_characters"),
    ({"happened_from": dt.date(1, 1, 1)}, "out_of_range"),
    ({"happened_to": dt.date(2026, 3, 1)}, "date_order"),
    ({"happened_from": None}, "date_order"),
])  # fmt: skip
def test_a_case_is_not_changed_into_what_nobody_can_read(incident, secretary, changes, code):
    facts = replace(IncidentFacts.of(incident), **changes)
    act = incidents.change_incident
    assert refusal(act, incident=incident, facts=facts, seen="", by=secretary, now=make.NOW) == (code, 422)
    assert not IncidentVersion.objects.exists()


def test_only_the_secretariat_changes_a_case(town, incident):
    for role in (Role.CHAIR, Role.COMMITTEE, Role.ADMIN):
        with pytest.raises(Refused) as refused:
            change(incident, town.staff[role], title=text("Another"))
        assert refused.value.status == 403


def correct(item, by, seen=None, cited=None, **changes):
    return evidence.change_evidence(
        item=item, content=replace(Statement.of(item), **changes), sources=cited or list(item.sources.all()),
        seen=seen or fingerprint(seen_of(item)), by=by, now=make.NOW,
    )  # fmt: skip


def test_changed_evidence_is_a_new_version_beside_the_old(incident, secretary):
    old = incident.evidence.get()
    new = correct(old, secretary, statement="130 tenants got wrong answers.", low=D(130), high=D("130.5"))
    assert (new.number, new.version, new.supersedes) == (1, 2, old)
    assert list(new.sources.all()) == list(old.sources.all())
    assert [item.pk for item in reads.evidence_of(incident)] == [new.pk]
    old.refresh_from_db()
    assert old.statement == "120 tenants got wrong answers."
    event = AuditEvent.objects.get(kind="evidence.changed")
    assert event.facts == {"number": 1, "version": 2, "kind": "evidence", "visibility": "public"}


def test_fixed_ratings_keep_the_evidence_of_their_time(town, secretary):
    assessment = make.make_assessment(town)
    item = assessment.incident.evidence.get()
    before = evidence_reference(assessment)
    correct(item, secretary, statement="Nobody got a wrong answer.")
    assert evidence_reference(assessment) == before


def test_the_second_of_two_who_change_evidence_is_told(incident, secretary):
    item = incident.evidence.get()
    seen = fingerprint(seen_of(item))
    correct(item, secretary, unit="people")
    with pytest.raises(Refused) as refused:
        correct(item, secretary, seen=seen, unit="tenants")
    assert refused.value.code == "changed_meanwhile"
    assert correct(item, secretary, seen=seen, unit="people").version == 2  # the same once more is no conflict
    assert EvidenceItem.objects.count() == 2


@pytest.mark.parametrize(("changes", "code"), [
    ({"statement": " "}, "blank"),
    ({"as_of_words": ""}, "blank"),
    ({"caveat": "x" * 1_001}, "max_length"),
    ({"low": D("NaN"), "high": D(1)}, "figure_range"),
    ({"low": D("0.00001"), "high": D(1)}, "figure_range"),
    ({"low": D(1), "high": D("1e400")}, "figure_range"),
    ({"low": D(2), "high": D(1)}, "interval_order"),
    ({"visibility": Visibility.RESTRICTED}, "reason_required"),
])  # fmt: skip
def test_evidence_is_not_changed_into_what_nobody_can_use(incident, secretary, changes, code):
    with pytest.raises(Refused) as refused:
        correct(incident.evidence.get(), secretary, **changes)
    assert (refused.value.code, EvidenceItem.objects.count()) == (code, 1)


def test_a_source_of_another_town_is_not_on_the_list(incident, secretary, elsewhere):
    foreign = Source.objects.create(jurisdiction=elsewhere.jurisdiction, title="Elsewhere")
    with pytest.raises(Refused) as refused:
        correct(incident.evidence.get(), secretary, cited=[foreign])
    assert refused.value.code == "unknown_source"


def add(jurisdiction, by, **facts):
    return sources.add_source(
        jurisdiction=jurisdiction, facts=SourceFacts(**{"title": "A report", **facts}), by=by, now=make.NOW
    )


def test_the_same_source_is_kept_once(town, secretary):
    first = add(town.jurisdiction, secretary, addresses=("https://example.org/a",))
    assert add(town.jurisdiction, secretary, addresses=("https://example.org/a",)) == first
    assert add(town.jurisdiction, secretary) != first
    assert kinds().count("source.added") == 2


@pytest.mark.parametrize("address", [
    "http://example.org", "ftp://example.org/x", "javascript:alert(1)", "https://127.0.0.1/", "https://[::1]/",
    "https://169.254.169.254/latest", "https://user:pw@example.org/", "https://localhost/", "https://a b.org/",
    "https://example.org:99999/", "https://", "example.org",
])  # fmt: skip
def test_addresses_are_https_and_of_a_named_site(town, secretary, address):
    with pytest.raises(Refused) as refused:
        add(town.jurisdiction, secretary, addresses=(address,))
    assert (refused.value.code, Source.objects.count()) == ("address_not_allowed", 0)


def test_a_source_has_a_title_and_few_addresses(town, secretary):
    found = [({"title": ""}, "blank"), ({"addresses": ("https://example.org/",) * 6}, "too_many_addresses")]
    for facts, code in found:
        with pytest.raises(Refused) as refused:
            add(town.jurisdiction, secretary, **facts)
        assert refused.value.code == code


def correct_source(source, by, seen=None, **changes):
    before = SourceFacts.of(source)
    return sources.change_source(
        source=source, facts=replace(before, **changes), seen=seen or fingerprint(before.columns()), by=by,
        now=make.NOW,
    )  # fmt: skip


def test_a_source_is_corrected_for_everything_that_rests_on_it(incident, secretary):
    source = incident.evidence.get().sources.get()
    seen = fingerprint(SourceFacts.of(source).columns())
    assert correct_source(source, secretary, title="Council report, corrected").title == "Council report, corrected"
    assert AuditEvent.objects.get(kind="source.changed").facts == {"changed": ["title"]}
    source.refresh_from_db()
    assert correct_source(source, secretary, title="Council report, corrected").pk == source.pk
    with pytest.raises(Refused) as refused:
        correct_source(source, secretary, seen=seen, title="Something else")
    assert refused.value.code == "changed_meanwhile"


def test_a_source_of_fixed_ratings_stays_as_it_is(town, secretary):
    assessment = make.make_assessment(town)
    source = assessment.incident.evidence.get().sources.get()
    before = evidence_reference(assessment)
    with pytest.raises(Refused) as refused:
        correct_source(source, secretary, title="Another title")
    assert (refused.value.code, refused.value.status) == ("source_fixed", 409)
    assert evidence_reference(assessment) == before


def test_a_deployer_is_added_once_and_renamed_for_all_its_systems(incident, secretary):
    jurisdiction = incident.jurisdiction
    new = parties.add_deployer(jurisdiction=jurisdiction, name="Harbour Office", by=secretary, now=make.NOW)
    taken = {"jurisdiction": jurisdiction, "name": "harbour office", "by": secretary, "now": make.NOW}
    assert refusal(parties.add_deployer, **taken) == ("name_taken", 409)
    seen = fingerprint(parties.deployer_facts(new))
    rename = {"deployer": new, "seen": seen, "by": secretary, "now": make.NOW}
    assert refusal(parties.change_deployer, **rename, name="City Housing Office") == ("name_taken", 409)
    assert parties.change_deployer(**rename, name="Port Office").name == "Port Office"
    assert refusal(parties.change_deployer, **rename, name="Dock Office") == ("changed_meanwhile", 409)
    assert parties.change_deployer(**rename, name="Port Office").name == "Port Office"
    assert [kind for kind in kinds() if kind.startswith("deployer")] == ["deployer.added", "deployer.changed"]


def test_a_system_belongs_to_a_deployer_and_is_changed_whole(incident, secretary, elsewhere):
    deployer = Deployer.objects.get(jurisdiction=incident.jurisdiction)
    system = parties.add_system(
        deployer=deployer, name="Sorter", description=text("Sorts letters."), covered_by_mandate=False,
        publicly_procured=True, by=secretary, now=make.NOW,
    )  # fmt: skip
    facts = parties.system_facts(system)
    wanted = {"system": system, "seen": fingerprint(facts), "by": secretary, "now": make.NOW}
    foreign = Deployer.objects.create(jurisdiction=elsewhere.jurisdiction, name="Foreign")
    assert refusal(parties.change_system, **wanted, facts={**facts, "name": "Chatbot"}) == ("name_taken", 409)
    assert refusal(parties.change_system, **wanted, facts={**facts, "deployer": foreign}) == ("unknown_deployer", 422)
    assert refusal(parties.change_system, **wanted, facts={**facts, "description": text("")}) == ("blank", 422)
    changed = parties.change_system(**wanted, facts={**facts, "covered_by_mandate": True})
    assert (changed.covered_by_mandate, changed.publicly_procured) == (True, True)
    assert refusal(parties.change_system, **wanted, facts={**facts, "name": "New"}) == ("changed_meanwhile", 409)
    assert AuditEvent.objects.get(kind="system.changed").facts == {"changed": ["covered_by_mandate"]}


def test_nobody_of_another_town_keeps_these_lists(town, elsewhere):
    by, place = elsewhere.staff[Role.SECRETARIAT], town.jurisdiction
    facts = SourceFacts("A report")
    assert refusal(parties.add_deployer, jurisdiction=place, name="X", by=by, now=make.NOW) == ("not_allowed", 403)
    assert refusal(sources.add_source, jurisdiction=place, facts=facts, by=by, now=make.NOW) == ("not_allowed", 403)
    assert (AISystem.objects.count(), Source.objects.count()) == (0, 0)
