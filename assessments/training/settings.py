"""The numbers that a training was started with; they stay with the run whatever the policy says later."""

from dataclasses import dataclass
from typing import Any, Self

from assessments import policy
from assessments.models import PolicyVersion
from assessments.scoring.parameters_json import from_plain, to_plain
from assessments.scoring.parameters_learning import LearningParameters
from assessments.scoring.record import number_text
from assessments.scoring.version import FORMULA_VERSION
from assessments.training.plan import Plan


@dataclass(frozen=True)
class Settings:
    """What a training needs to know besides the cases."""

    formula_version: str
    policy: str
    policy_number: int
    policy_sha256: str
    learning: LearningParameters

    @classmethod
    def under(cls, version: PolicyVersion) -> Self:
        """Take the numbers of a policy version."""
        learning = policy.read(version).parameters.learning
        return cls(FORMULA_VERSION, version.reference, version.number, version.sha256, learning)

    def to_json(self) -> dict[str, Any]:
        """Plain data for the run's row."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_json`` wrote."""
        return from_plain(cls, data)

    def plan(self, cases: int) -> Plan:
        """Return the units of a training on that many cases."""
        path = tuple(number_text(lam) for lam in self.learning.lambda_path)
        return Plan(number_text(self.learning.printed_lambda), path, cases)
