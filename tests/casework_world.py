"""A case with earlier versions, evidence that was changed, figures that differ, and a file that waits to be read."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from assessments.actions import computations, evidence, import_runs, incidents, merges
from assessments.actions.changes_seen import fingerprint
from assessments.actions.evidence import Statement, seen_of
from assessments.actions.incidents import IncidentFacts
from assessments.models import Incident, PendingImport
from assessments.states import EvidenceKind
from lastvote.access import Role
from lastvote.texts import text
from tests import case_files
from tests import factories as make


def changed_case(town: make.Town, *, now: dt.datetime) -> Incident:
    """Record a case, describe it anew, and add evidence that does not agree."""
    by, incident = town.staff[Role.SECRETARIAT], make.make_incident(town, title="A case with a history")
    before = IncidentFacts.of(incident)
    facts = replace(before, summary=text("It gave tenants wrong answers about deposits."))
    incidents.change_incident(incident=incident, facts=facts, seen=fingerprint(before.plain()), by=by, now=now)
    item = incident.evidence.get()
    sources = list(item.sources.all())
    counted = {"low": Decimal(120), "high": Decimal(120), "unit": "people", "figure_of": "Tenants told wrongly"}
    evidence.change_evidence(
        item=item, content=replace(Statement.of(item), **counted), sources=sources, seen=fingerprint(seen_of(item)),
        by=by, now=now,
    )  # fmt: skip
    evidence.add_evidence(
        incident=incident, kind=EvidenceKind.EVIDENCE, statement="The tenants' union counted more.",
        as_of_words="May 2026", as_of_from=dt.date(2026, 5, 1), as_of_to=dt.date(2026, 5, 31), sources=sources,
        by=by, now=now, **{**counted, "low": Decimal(130), "high": Decimal(150)},
    )  # fmt: skip
    return incident


def merged_cases(town: make.Town, *, now: dt.datetime) -> tuple[Incident, Incident]:
    """Two cases of which the first was merged into the second, with a score of its own."""
    gone = make.make_incident(town, title="A case that came in twice")
    make.make_assessment(town, incident=gone)
    kept = make.make_incident(town, title="A case that took another one in")
    merges.merge_incident(
        incident=gone, into=kept, reason="Both reports tell of the same night.", by=town.staff[Role.SECRETARIAT],
        now=now,
    )  # fmt: skip
    return gone, kept


def imports(town: make.Town, *, now: dt.datetime) -> dict[str, str]:
    """Return where an import that waits, one that was done and one that failed are followed."""
    by, runs = town.staff[Role.SECRETARIAT], {}
    for name in ("import_waits", "import_done", "import_failed"):
        upload = PendingImport.objects.create(
            jurisdiction=town.jurisdiction, token=name, content=case_files.own_file(), uploaded_by=by
        )
        runs[name] = import_runs.start_import(upload=upload, by=by, now=now)
    import_runs.import_step(runs["import_done"].pk, now)
    import_runs.fail_import(runs["import_failed"], computations.GIVEN_UP, now)
    return {name: f"/{town.jurisdiction.slug}/desk/cases/import/{name}/progress/" for name in runs}


def cases_file(town: make.Town) -> PendingImport:
    """Leave a file of cases beside any other; by the page, either would take the other's place."""
    return PendingImport.objects.create(
        jurisdiction=town.jurisdiction, token="cases0", content=case_files.aiid_file(60),
        uploaded_by=town.staff[Role.SECRETARIAT],
    )  # fmt: skip


def places(town: make.Town, *, now: dt.datetime) -> dict[str, str]:
    """Return where all of this is shown."""
    incident = changed_case(town, now=now)
    gone, kept = merged_cases(town, now=now)
    public = f"/{town.jurisdiction.slug}/"
    desk = f"{public}desk/"
    system, source = incident.system, incident.evidence.first().sources.first()
    return {
        "records": f"{desk}cases/{incident.reference}/",
        "merge": f"{desk}cases/{incident.reference}/overview/merge/",
        "merge_other": kept.reference,
        "merged": f"{desk}cases/{gone.reference}/",
        "merged_working": f"{public}cases/{gone.reference}/score/working/",
        "merged_kept": f"{public}cases/{kept.reference}/",
        "merged_kept_desk": f"{desk}cases/{kept.reference}/",
        "system": f"{desk}systems/{system.token}/",
        "deployer": f"{desk}deployers/{system.deployer.token}/",
        "source": f"{desk}sources/{source.token}/",
        "cases_file": f"{desk}cases/import/{cases_file(town).token}/",
        **imports(town, now=now),
    }
