"""The equations of the paper exactly as printed, each under its own number.

Nothing here decides anything: what decides stands in the other modules, and docs/scoring.md says where it differs and
why. The paper uses some numbers twice; 6h is the Huber loss, and the risk vector goes by its parts, 14 to 20.
"""

from collections.abc import Sequence
from decimal import Decimal

from assessments.scoring.aggregators import multiplicative, weighted_mean
from assessments.scoring.arithmetic import Exact, in_context
from assessments.scoring.categories import category_printed
from assessments.scoring.errors import ScoringError
from assessments.scoring.history import passed_often
from assessments.scoring.learning.arrays import Floats
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.objective import PRINTED_LAMBDA, Objective, huber
from assessments.scoring.learning.polynomial import learned_scores
from assessments.scoring.learning.variants import AS_PRINTED
from assessments.scoring.lines import between, transition

eq_2 = weighted_mean  # sum w x
eq_3 = multiplicative  # 1 - prod (1 - x)^w
eq_4 = learned_scores  # sigma(b + w.f + f'Wf)
eq_6h = huber  # loss of one error
eq_9 = passed_often  # 1 - F_S(s) >= alpha
eq_10 = transition  # 3 t^2 - 2 t^3
eq_14 = eq_15 = eq_16 = eq_17 = eq_18 = eq_19 = eq_20 = category_printed  # one rule for all seven categories


def eq_5(history: LabelledHistory, theta: Floats, lam: float = PRINTED_LAMBDA) -> float:
    """Mean Huber loss of eq. (4) over labelled cases, plus lambda times the squared length of theta, b included.

    Parameters
    ----------
    theta : (P,) packed b, w, W_ij for i <= j
    """
    return Objective.of(history, AS_PRINTED, lam).value_and_gradient(theta)[0]


@in_context
def eq_7a(log_fit: Decimal, expertise: Decimal, impact: Decimal, weights: tuple[Decimal, Decimal, Decimal]) -> Decimal:
    """u = alpha log p + beta expertise + gamma impact of one group, in nats.

    Parameters
    ----------
    weights : alpha, beta, gamma
    """
    alpha, beta, gamma = weights
    return alpha * log_fit + beta * expertise + gamma * impact


@in_context
def eq_7b(u: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Softmax of the groups' u, without a cap: one group can take nearly all.

    Raises
    ------
    ScoringError `E_EMPTY` without groups
    """
    if not u:
        raise ScoringError("E_EMPTY", "There are no groups.")
    top = max(u)  # subtracted from all, which changes nothing but keeps the powers small
    powers = [(value - top).exp() for value in u]
    return tuple(power / sum(powers) for power in powers)


def eq_8a(t: Exact, s_initial: Decimal, s_full: Decimal) -> Decimal:
    """(1 - phi(t)) s_initial + phi(t) s_full, published with 4 decimals; `phase_range` for t outside [0, 1]."""
    return between(transition(t), s_initial, s_full)


def eq_8b(t: Exact, alpha_initial: Decimal, alpha_full: Decimal) -> Decimal:
    """The same for the probability line alpha."""
    return between(transition(t), alpha_initial, alpha_full)
