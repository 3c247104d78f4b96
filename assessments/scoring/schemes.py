"""Schemes: which things a case is rated on, in their canonical order (D1)."""

from dataclasses import dataclass

from assessments.scoring.errors import ScoringError

SMALLEST = 2


@dataclass(frozen=True)
class Scheme:
    """A fixed list of factors, each with its own list of components (none: it is rated directly).

    `code` names the scheme, `family` is its letter and number in a score string. Two schemes are never
    mixed in one assessment. Nothing else in the core knows how many factors there are.

    Source: eq. (1)-(4) of A.1 for the classic scheme, A.4 with eq. (14)-(20) for the taxonomy.
    """

    code: str
    factors: tuple[str, ...]
    components: tuple[tuple[str, ...], ...] = ()
    family: str = ""

    def __post_init__(self) -> None:
        if len(self.factors) < SMALLEST or len(set(self.factors)) != len(self.factors):
            raise ScoringError("E_SHAPE", "A scheme needs two or more different factors.")
        if self.components and len(self.components) != len(self.factors):
            raise ScoringError("E_SHAPE", "A scheme lists components for all factors or for none.")
        if any(not parts for parts in self.components):
            raise ScoringError("E_EMPTY", "A factor lists no component.")

    @property
    def size(self) -> int:
        """Number of factors, d in the paper."""
        return len(self.factors)

    @property
    def widths(self) -> tuple[int, ...]:
        """How many values one rating holds for each factor."""
        return tuple(len(parts) for parts in self.components) or (1,) * self.size


CLASSIC = Scheme(code="classic", factors=("I", "E", "R", "X"), family="C4")

TAXONOMY = Scheme(
    code="taxonomy",
    factors=("DI", "SU", "EL", "MA", "CI", "CA", "EM"),
    components=(
        ("LM_biasAmplification", "syntheticContentBias", "languageExclusion"),
        ("conversationalMonitoring", "politicalSentimentTracking", "dissentDetection"),
        ("AI_generatedPropaganda", "personalizedPoliticalAds", "syntheticNewsGeneration"),
        ("conversationalManipulation", "LM_botAmplification", "deepfakeTextGeneration"),
        ("AI_echoAmplification", "personalizationBubbles", "LM_radicalizationPathways"),
        ("modelConcentration", "infrastructureDependence", "providerCapture"),
        ("multiLM_cascadeRisk", "goalMisalignment", "emergentBehaviors"),
    ),
    family="T7",
)

SCHEMES = {scheme.code: scheme for scheme in (CLASSIC, TAXONOMY)}
