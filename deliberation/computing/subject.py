"""The published score of a round that a long computation is about, and the name of everything that it rests on."""

import json
from dataclasses import dataclass

from assessments import policy
from assessments.models import PolicyVersion, Rating, RoundRecord, WeightRound
from assessments.policy import Policy
from assessments.reads import Result, latest_ratings
from assessments.scoring.computation import Computation
from assessments.scoring.exploring.present import PresentGroup
from assessments.scoring.record import canonical_bytes, digest
from assessments.scoring.version import FORMULA_VERSION
from assessments.states import ComputationKind
from deliberation.computing.kinds import VERSIONS
from deliberation.published_input import computation_of, present_groups_of
from deliberation.results import PublishedScore, published_score
from stakeholders.reads import groups_of


@dataclass(frozen=True)
class Published:
    """A published round with its score, ready to be explored."""

    weight_round: WeightRound
    score: PublishedScore
    ratings: list[Rating]
    run: Computation
    groups: tuple[PresentGroup, ...]

    @property
    def rules(self) -> Policy:
        """The policy that the assessment is bound to."""
        return policy.read(self.score.assessment.policy)


def published_of(weight_round: WeightRound) -> Published:
    """Read what the close of a round published."""
    assessment = weight_round.assessment
    run = weight_round.runs.get(published=True)
    result = Result(run, json.loads(run.binding), run.statistics, weight_round, weight_round.record)
    score = published_score(assessment, result, list(groups_of(assessment.incident.jurisdiction)))
    ratings = latest_ratings(assessment)
    return Published(weight_round, score, ratings, computation_of(score, ratings), present_groups_of(score))


def inputs_of(kind: ComputationKind, record: RoundRecord, policy_version: PolicyVersion) -> str:
    """Return the hash that names all inputs of a computation: another record, policy or formula gives another one."""
    names = {
        "kind": kind.value,
        "version": VERSIONS[kind],
        "record": record.sha256,
        "policy": policy_version.sha256,
        "formula": FORMULA_VERSION,
    }
    return digest(canonical_bytes(names))
