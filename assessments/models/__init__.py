"""What is judged: incidents, evidence, ratings, policies, weight rounds, answers and score runs."""

from assessments.models.answers import CurrentAnswer, Draft, RollEntry, Submission, SubmissionDetail
from assessments.models.evidence import EvidenceItem, Source
from assessments.models.incidents import (
    AISystem,
    Deployer,
    Incident,
    IncidentMerge,
    IncidentOrigin,
    IncidentVersion,
    ReferenceCounter,
)
from assessments.models.learning import ComputationRun, LabelledCase, LabelledHistory, PendingImport
from assessments.models.policies import PolicyProposal, PolicyVersion
from assessments.models.positions import AdoptedPosition
from assessments.models.rating_work import EvaluatorAppointment, PeakLook, RatingDraft, RatingSignOff
from assessments.models.ratings import Assessment, Rating, RatingValue
from assessments.models.rounds import RoundProposal, RoundRecord, WeightRound
from assessments.models.scores import GroupSum, ScoreRun
from assessments.models.sheets import PaperSheet

__all__ = [
    "AISystem", "AdoptedPosition", "Assessment", "ComputationRun", "CurrentAnswer", "Deployer", "Draft",
    "EvaluatorAppointment", "EvidenceItem", "GroupSum", "Incident", "IncidentMerge", "IncidentOrigin",
    "IncidentVersion", "LabelledCase", "LabelledHistory", "PaperSheet", "PeakLook", "PendingImport", "PolicyProposal",
    "PolicyVersion", "Rating", "RatingDraft", "RatingSignOff", "RatingValue", "ReferenceCounter", "RollEntry",
    "RoundProposal", "RoundRecord", "ScoreRun", "Source", "Submission", "SubmissionDetail", "WeightRound",
]  # fmt: skip
