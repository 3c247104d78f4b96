"""Two towns with past cases: one with everything that the tests on past cases can show, one with a failure alone."""

from assessments.actions.training import start_training, training_step
from assessments.models import Assessment, LabelledHistory
from assessments.states import EvidenceKind, SchemeName
from lastvote.access import Role
from tests import factories as make
from tests import learning_world as lw
from tests.deliberation import past

CASES_TO_LEARN_FROM = 3


def build() -> dict[str, str]:
    """Found both towns; return the addresses of the pages about their cases."""
    town = make.make_town(slug="pastville", code="PV", size=5)
    failing = make.make_town(slug="failville", code="FV", size=1)
    past.rated(failing, past.past_incident(failing, "A failure alone"))
    _train(town, lw.imported(town, number=CASES_TO_LEARN_FROM))
    cases = {
        "weighed": _weighed(town),
        "kinds": _kinds(town),
        "control": past.rated(town, past.past_incident(town, "A quiet system", control=True), ("0.55", "0.55")),
        "undated": past.rated(town, past.past_incident(town, "An undated case", outcome_on=None), asked_on=None),
    }
    return {name: f"/pastville/validation/{one.incident.reference}/" for name, one in cases.items()}


def _weighed(town: make.Town) -> Assessment:
    incident = past.past_incident(town, "A weighed failure")
    past.add_row(
        town, incident, "It was less than first said.", past.dt.date(2020, 2, 1), kind=EvidenceKind.LATER_EVIDENCE
    )
    parts = {("I", 0): ("0.9", "0.8"), ("E", 0): ("0.2", "0.2")}
    assessment = past.rated(town, incident, ("0.45", "0.5"), parts=parts)
    past.weighed(town, assessment, silent=("F",), opens_at=make.NOW - 20 * make.DAY)
    return assessment


def _kinds(town: make.Town) -> Assessment:
    """Seven kinds of risk, one of them without anything found, so that the printed equation divides by 0."""
    zeros = {("SU", part): ("0", "0") for part in (1, 2, 3)}
    incident = past.past_incident(town, "A failure rated by kinds")
    return past.rated(town, incident, ("0.3", "0.4"), scheme=SchemeName.TAXONOMY, parts=zeros)


def _train(town: make.Town, history: LabelledHistory) -> None:
    run = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    while run.unfinished:
        training_step(run.pk, make.NOW)
        run.refresh_from_db()
