"""The pure scoring core. It knows numbers and nothing of the web, the database or the clock."""

from assessments.scoring.engine import ScoringResult, score
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import EvaluatorRating, GroupInput, ScoringInput, VoiceInput
from assessments.scoring.own_effect import own_effect
from assessments.scoring.parameters import Parameters
from assessments.scoring.ratings import published_ratings
from assessments.scoring.record import reference
from assessments.scoring.schemes import CLASSIC, SCHEMES, TAXONOMY, Scheme
from assessments.scoring.version import FORMULA_VERSION
from assessments.scoring.voices import published_voices

__all__ = [
    "CLASSIC",
    "FORMULA_VERSION",
    "SCHEMES",
    "TAXONOMY",
    "EvaluatorRating",
    "GroupInput",
    "GroupSums",
    "Parameters",
    "Scheme",
    "ScoringError",
    "ScoringInput",
    "ScoringResult",
    "VoiceInput",
    "own_effect",
    "published_ratings",
    "published_voices",
    "reference",
    "score",
]
