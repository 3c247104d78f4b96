"""How much each group counts (D11; eq. (7a), (7b))."""

from collections.abc import Sequence
from decimal import Decimal

from assessments.scoring.arithmetic import Points, apportion, in_context
from assessments.scoring.inputs import GroupInput, check_groups
from assessments.scoring.parameters import EQUAL_VOICES, Parameters


@in_context
def utilities(groups: Sequence[GroupInput], parameters: Parameters) -> tuple[Decimal, ...]:
    """(G,) u in nats: alpha record_fit + beta expertise + gamma impact.

    Source: eq. (7a).
    """
    return tuple(
        parameters.alpha * group.voice.record_fit
        + group.voice.beta * group.voice.expertise
        + group.voice.gamma * group.voice.impact
        for group in groups
    )


@in_context
def softmax_weights(u: Sequence[Decimal], rho: Decimal) -> tuple[Decimal, ...]:
    """Capped, unnormalised eq. (7b): exp(max(u, max u - ln rho) - max u), each in [1/rho, 1].

    Parameters
    ----------
    u : (G,) utilities, at least one
    rho : no voice exceeds rho times another

    Source: eq. (7b); D11.
    """
    top = max(u)
    floor = top - rho.ln()
    return tuple((max(value, floor) - top).exp() for value in u)


def eq7_weights(groups: Sequence[GroupInput], parameters: Parameters) -> tuple[Decimal, ...]:
    """(G,) capped and unnormalised voices of eq. (7), in [1/rho, 1].

    The cap looks at all groups of the round, so who answers never changes the ratio between two groups.
    """
    return softmax_weights(utilities(groups, parameters), parameters.rho)


def voice_weights(groups: Sequence[GroupInput], parameters: Parameters) -> tuple[Decimal, ...]:
    """(G,) unnormalised voices under the policy: all 1, or eq. (7)."""
    if parameters.voices == EQUAL_VOICES:
        return (Decimal(1),) * len(groups)
    return eq7_weights(groups, parameters)


def voice_points(weights: Sequence[Decimal], counted: Sequence[bool]) -> Points:
    """Voices of the counted groups as whole points; the others get 0, and nobody counted gives all 0."""
    kept = [weight if here else Decimal(0) for weight, here in zip(weights, counted, strict=True)]
    return apportion(kept) if any(counted) else (0,) * len(kept)


def published_voices(groups: Sequence[GroupInput], parameters: Parameters) -> Points:
    """Voices over *all* groups as frozen when a round opens; (G,) points that sum to 10,000.

    Degenerate: equal utilities give equal voices, what is left over to the first groups.
    Source: D11; the preview of one group's share uses it, and so do the bounds for silent groups.
    """
    check_groups(tuple(groups), parameters)
    return voice_points(voice_weights(groups, parameters), [True] * len(groups))
