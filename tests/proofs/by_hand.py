"""The score once more, in plain fractions and without the scoring core: what a careful reader would do by hand."""

from fractions import Fraction

POINTS = 10_000
LEAST_ANSWERS = 5


def triangle(answers: list[tuple[int, ...]], size: int) -> tuple[int, list[int], list[int]]:
    """Count, sums and sums of products of a group's standing answers."""
    sums = [sum(points[i] for points in answers) for i in range(size)]
    products = [sum(points[i] * points[j] for points in answers) for i in range(size) for j in range(i, size)]
    return len(answers), sums, products


def whole_points(parts: list[Fraction]) -> list[int]:
    """Share out 10,000 points: floors first, then one each to the largest remainders, the first place winning ties."""
    total = sum(parts)
    exact = [part * POINTS / total for part in parts]
    points = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda place: (points[place] - exact[place], place))
    for place in order[: POINTS - sum(points)]:
        points[place] += 1
    return points


def positions(answers: dict[str, list[tuple[int, ...]]], size: int) -> dict[str, list[int] | None]:
    """Each group's mean in points; nothing for a group of fewer than five answers."""
    return {
        code: whole_points([Fraction(sum(points[i] for points in given), len(given)) for i in range(size)])
        if len(given) >= LEAST_ANSWERS
        else None
        for code, given in answers.items()
    }


def pooled(places: dict[str, list[int] | None], voices: dict[str, int], size: int) -> list[int]:
    """What the present groups weigh together; the equal split if nobody is there."""
    present = [code for code, position in places.items() if position is not None]
    if not present:
        return whole_points([Fraction(1)] * size)
    return whole_points([Fraction(sum(voices[code] * places[code][i] for code in present)) for i in range(size)])


def equal_voices(places: dict[str, list[int] | None]) -> dict[str, int]:
    """One voice to every present group."""
    present = [code for code, position in places.items() if position is not None]
    return dict(zip(present, whole_points([Fraction(1)] * len(present)), strict=True)) if present else {}


def linear_score(weights: list[int], ratings: list[str]) -> str:
    """Sum of weight times rating with four decimals, half up."""
    exact = sum(weight * Fraction(rating) for weight, rating in zip(weights, ratings, strict=True))
    ten_thousandths = int(exact + Fraction(1, 2))
    return f"{ten_thousandths // POINTS}.{ten_thousandths % POINTS:04d}"
