"""The names by which a program says which version of a row it has seen; reads give them to whoever may write."""

from assessments.actions.changes_seen import fingerprint
from assessments.actions.evidence import seen_of
from assessments.actions.incidents import IncidentFacts
from assessments.actions.parties import deployer_facts, system_facts
from assessments.actions.sources import SourceFacts
from assessments.models import AISystem, Deployer, EvidenceItem, Incident, Source


def case_seen(case: Incident) -> str:
    """Name what stands of a case."""
    return fingerprint(IncidentFacts.of(case).plain())


def evidence_seen(item: EvidenceItem) -> str:
    """Name what stands in a row of evidence."""
    return fingerprint(seen_of(item))


def deployer_seen(deployer: Deployer) -> str:
    """Name what stands of a deployer."""
    return fingerprint(deployer_facts(deployer))


def system_seen(system: AISystem) -> str:
    """Name what stands of an AI system."""
    return fingerprint(system_facts(system))


def source_seen(source: Source) -> str:
    """Name what stands of a source."""
    return fingerprint(SourceFacts.of(source).columns())
