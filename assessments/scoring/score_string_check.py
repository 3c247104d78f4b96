"""Work a score string out again, and say every step in numbers."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.scoring.aggregators import LINEAR, TEMPERED, CommonForm, common_form, multiplicative
from assessments.scoring.arithmetic import POINTS, Points, half_up, in_context, text
from assessments.scoring.errors import ScoringError
from assessments.scoring.lines import NO_LEVEL, level_of, lines_in_month
from assessments.scoring.parameters import Parameters
from assessments.scoring.record import number_text
from assessments.scoring.score_string_form import MULTIPLICATIVE, ScoreString
from assessments.scoring.score_string_form import TEMPERED as TEMPERED_LETTER
from assessments.scoring.score_string_parser import parse

LEVEL_NAMES = {"N": NO_LEVEL, "L": "L", "M": "M", "H": "H"}
STEP_PLACES = 8


@dataclass(frozen=True)
class Verdict:
    """What checking a string found.

    ok : it recomputes (a string without a leading score has nothing to mismatch)
    stated, recomputed : published scores; `recomputed` is None where it cannot be computed
    steps : numeric lines, symbols only
    problem : why it is not ok
    """

    ok: bool
    stated: Decimal | None
    recomputed: Decimal | None
    steps: tuple[str, ...]
    problem: ScoringError | None = None


def recompute(string: ScoreString) -> Decimal:
    """Published score of a string, half up to 4 decimals.

    Raises
    ------
    ScoringError `string_needs_theta` for P7: its score follows from a file that the string only names
    """
    weights = _weights(string)
    if string.aggregator == MULTIPLICATIVE:
        return half_up(multiplicative(weights, string.factors))
    return half_up(_form(string).score(weights))


def check(string: str, parameters: Parameters | None = None) -> Verdict:
    """Parse a string, work it out and compare.

    Parameters
    ----------
    string : the text; a malformed one raises the parser's ScoringError
    parameters : policy whose lines `LV` is held against; the paper's own if not given
    """
    read = parse(string)
    try:
        recomputed = recompute(read)
    except ScoringError as error:
        return Verdict(ok=False, stated=read.stated, recomputed=None, steps=(), problem=error)
    problem = _mismatch(read, recomputed, parameters or Parameters())
    return Verdict(problem is None, read.stated, recomputed, explain_steps(read), problem)


def _mismatch(read: ScoreString, recomputed: Decimal, parameters: Parameters) -> ScoringError | None:
    if read.stated is not None and read.stated != recomputed:
        return ScoringError(
            "string_mismatch",
            f"The string says {text(read.stated)}, it works out as {text(recomputed)}.",
            stated=text(read.stated),
            recomputed=text(recomputed),
        )
    if read.level is None or read.month is None:
        return None
    level = level_of(recomputed, lines_in_month(read.month, parameters))
    if level == LEVEL_NAMES[read.level]:
        return None
    return ScoringError(
        "string_level", f"The string says level {read.level}, it is {level}.", stated=read.level, level=level
    )


@in_context
def explain_steps(string: ScoreString) -> tuple[str, ...]:
    """Write every step that a reader with a calculator can repeat.

    Linear steps are exact; powers and logarithms are shown with 8 decimals.
    """
    if string.aggregator == MULTIPLICATIVE:
        return (*_multiplicative_steps(string), f"S = {text(recompute(string))}")
    if string.aggregator == TEMPERED_LETTER:
        return (*_tempered_steps(string), f"S = {text(recompute(string))}")
    return (*_linear_steps(string), f"S = {text(recompute(string))}")


def _linear_steps(string: ScoreString) -> tuple[str, ...]:
    weights = _weights(string)
    rows = zip(string.scheme.factors, weights, string.factors, strict=True)
    lines = [
        f"W{code} × {code} = {_share(w)} × {number_text(x)} = {number_text(x * w / POINTS)}" for code, w, x in rows
    ]
    return (*lines, f"Σ = {number_text(_form(string).inner(weights))}")


def _multiplicative_steps(string: ScoreString) -> tuple[str, ...]:
    weights = _weights(string)
    rows = zip(string.scheme.factors, weights, string.factors, strict=True)
    lines = [f"(1 − {code})^W{code} = {_power(w, x)}" for code, w, x in rows]
    product = 1 - multiplicative(weights, string.factors)
    return (*lines, f"Π = {text(product, STEP_PLACES)}", f"1 − Π = {text(1 - product, STEP_PLACES)}")


def _power(weight: int, factor: Decimal) -> str:
    left = f"{number_text(1 - factor)}^{_share(weight)}"
    if weight == 0:
        return f"{left} = 1"
    if factor == 1:
        return f"{left} = 0"
    value = ((1 - factor).ln() * weight / POINTS).exp()
    return f"{left} = {text(value, STEP_PLACES)}"


def _tempered_steps(string: ScoreString) -> tuple[str, ...]:
    weights, form = _weights(string), _form(string)
    scale = 1 - form.eta
    rows = zip(string.scheme.factors, weights, string.factors, form.a, strict=True)
    lines = [
        f"−W{code} × ln(1 − {number_text(scale)} × {number_text(x)}) = "
        f"{_share(w)} × {text(a, STEP_PLACES)} = {text(a * w / POINTS, STEP_PLACES)}"
        for code, w, x, a in rows
    ]
    z = form.inner(weights)
    outer = f"(1 − e^−z) / {number_text(scale)} = {text(form.outer(z), STEP_PLACES)}"
    return (*lines, f"z = {text(z, STEP_PLACES)}", outer)


def _form(string: ScoreString) -> CommonForm:
    kind = TEMPERED if string.aggregator == TEMPERED_LETTER else LINEAR
    return common_form(kind, string.factors, string.eta or Decimal(1))


def _weights(string: ScoreString) -> Points:
    if string.weights is None:
        raise ScoringError("string_needs_theta", "P7 cannot be computed without the file that TH names.", key="TH")
    return string.weights


def _share(points: int) -> str:
    return number_text(Decimal(points) / POINTS)
