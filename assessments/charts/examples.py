"""Examples of every chart, shown by the gallery and drawn by its tests: the worked example of the housing chatbot."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.charts.contributions import Contributions, Part, contributions
from assessments.charts.hundred_dots import HundredDots, hundred_dots
from assessments.charts.lines_over_time import LinesOverTime, lines_over_time
from assessments.charts.range_bars import NamedLine, RangeBars, Weight, range_bars
from assessments.charts.score_strip import Line, Mark, ScoreStrip, score_strip
from assessments.charts.shares import Shares, shares
from assessments.charts.slope import GroupScores, Slope, slope
from assessments.charts.weightings import Band, WeightedScore, Weightings, weightings
from assessments.charts.weights_strip import GroupWeights, WeightsStrip, weights_strip
from assessments.scoring.parameters import Parameters


def lines() -> list[Line]:
    """Return the lines in force in the example."""
    return [
        Line(_("Low"), Decimal("0.2265"), "level"),
        Line(_("Moderate"), Decimal("0.5265"), "level"),
        Line(_("High"), Decimal("0.7132"), "level"),
        Line(_("Extra measures"), Decimal("0.6"), "power"),
        Line(_("Possible suspension"), Decimal("0.8"), "power"),
    ]


def strip() -> ScoreStrip:
    """Seven groups, six of them above the line for extra measures."""
    groups = [
        ("AC", _("Affected communities"), "0.6880"),
        ("CS", _("Civil society"), "0.6650"),
        ("DI", _("Democratic institutions"), "0.6250"),
        ("RE", _("Regulators"), "0.6300"),
        ("TE", _("Technical experts"), "0.6130"),
        ("IN", _("Industry"), "0.5360"),
        ("AK", _("Academics"), "0.6790"),
    ]
    marks = [Mark(label, name, slot, Decimal(score)) for slot, (label, name, score) in enumerate(groups)]
    return score_strip(marks=marks, lines=lines(), pooled=Decimal("0.6385"))


def own_strip() -> ScoreStrip:
    """One person's own answers, and nobody else's."""
    own = Mark("AC", _("Your answers alone"), 0, Decimal("0.6880"))
    return score_strip(marks=[own], lines=lines(), pooled=None)


def empty_strip() -> ScoreStrip:
    """A first score, before anybody was asked: no groups, and a score at the very end."""
    return score_strip(marks=[], lines=lines(), pooled=Decimal("1.0000"), pooled_name=_("All items counted the same"))


def twelve_strip() -> ScoreStrip:
    """Every slot, scores at both ends, on a line and crowded together; lines of two moments."""
    scores = [
        "0.0000",
        "0.0400",
        "0.2265",
        "0.5996",
        "0.6000",
        "0.6004",
        "0.6100",
        "0.8000",
        "0.8001",
        "0.9",
        "0.97",
        "1",
    ]
    marks = [Mark(f"G{slot:X}", _("Example group"), slot, Decimal(score)) for slot, score in enumerate(scores)]
    later = [
        Line(_("Low at the end"), Decimal("0.3"), "level"),
        Line(_("Moderate at the end"), Decimal("0.6"), "level"),
        Line(_("High at the end"), Decimal("0.75"), "level"),
    ]
    return score_strip(marks=marks, lines=lines() + later, pooled=Decimal("0.6000"))


def parts() -> Contributions:
    """The example's four factors under the weights of the affected communities."""
    rows = [
        Part(_("Harm done"), 3846, Decimal("0.7"), Decimal("0.2692")),
        Part(_("Ease of misuse"), 769, Decimal("0.4"), Decimal("0.0308")),
        Part(_("Spread"), 3077, Decimal("0.85"), Decimal("0.2615")),
        Part(_("Reach"), 2308, Decimal("0.55"), Decimal("0.1269")),
    ]
    return contributions(rows, Decimal("0.6885"))


def four_shares() -> Shares:
    """One person's shares of four factors."""
    return shares([3846, 769, 3077, 2308], [_("Harm done"), _("Ease of misuse"), _("Spread"), _("Reach")])


def seven_shares() -> Shares:
    """One person's shares of seven kinds of risk, one of them nothing."""
    names = [
        _("Unfair exclusion"),
        _("Being watched"),
        _("Election interference"),
        _("Manipulating opinion"),
        _("Losing civic voice"),
        _("Power in too few hands"),
        _("New and knock-on threats"),
    ]
    return shares([2586, 2176, 1782, 1739, 1381, 336, 0], names, key="seven")


def roadmap() -> LinesOverTime:
    """The lines of the paper over six years, seen from the fourteenth month."""
    return lines_over_time(parameters=Parameters(), start=dt.date(2026, 1, 1), today=dt.date(2027, 3, 1))


def past_case() -> Weightings:
    """A past case: two groups, a method whose name is too long for a phone, and one without a range."""
    rows = [
        ("", _("All groups together"), "", None, "0.5800", "0.5500", "0.6100"),
        ("AC", _("Affected communities"), "AC", 0, "0.6100", "0.5800", "0.6400"),
        ("IN", _("Industry"), "IN", 5, "0.4950", "0.4700", "0.5200"),
        ("", _("Compounding method, as printed"), _("Equation 3"), None, "0.7960", "0.7700", "0.8300"),
        ("", _("Kinds of risk as printed"), _("Equations 14 to 20"), None, "0.4100", None, None),
    ]
    return weightings(
        rows=[
            WeightedScore(name, short, label, slot, Decimal(score), _some(low), _some(high), (told,))
            for label, name, short, slot, score, low, high in rows
            for told in [_("Moderate") if Decimal(score) >= Decimal("0.5") else _("Low")]
        ],
        bands=[
            Band(_("Low line"), Decimal("0.2"), Decimal("0.3")),
            Band(_("Moderate line"), Decimal("0.5"), Decimal("0.6")),
            Band(_("High line"), Decimal("0.8"), Decimal("0.75")),
        ],
        lines=[Decimal("0.5"), Decimal("0.6")],
        titles=(_("Level at the start"),),
    )


def bars() -> RangeBars:
    """The example's four factors under the weights of all groups together; two bars meet both lines."""
    rows: list[tuple[str, str, str, str, dict[int, str | None]]] = [
        (_("Harm done"), "0.34", "0.6098", "0.7000", {0: "0.05", 1: None}),
        (_("Ease of misuse"), "0.21", "0.7050", "0.4000", {0: "0.3443", 1: None}),
        (_("Spread"), "0.26", "0.5667", "0.8500", {0: "0.1176", 1: "0.5167"}),
        (_("Reach"), "0.19", "0.6620", "0.5500", {0: "0.5535", 1: None}),
    ]
    return range_bars(
        weights=[
            Weight(name, Fraction(share), Decimal(without), Decimal(alone), {k: _share(v) for k, v in meets.items()})
            for name, share, without, alone, meets in rows
        ],
        now=Decimal("0.6404"),
        lines=[NamedLine(_("Extra measures"), Decimal("0.6")), NamedLine(_("High"), Decimal("0.7132"))],
    )


def flat_bars() -> RangeBars:
    """Two factors rated the same: no weight moves anything."""
    names, half = (_("Harm done"), _("Reach")), Decimal("0.5")
    rows = [Weight(name, Fraction(1, 2), half, half, {}) for name in names]
    return range_bars(weights=rows, now=half, lines=[])


def weights_of_groups() -> WeightsStrip:
    """Seven groups on four factors; two of them stand close together."""
    shares = {
        ("AC", _("Affected communities")): (3846, 769, 3077, 2308),
        ("CS", _("Civil society")): (3846, 769, 2308, 3077),
        ("DI", _("Democratic institutions")): (3572, 1429, 1428, 3571),
        ("RE", _("Regulators")): (3334, 2000, 2000, 2666),
        ("TE", _("Technical experts")): (1667, 4167, 3333, 833),
        ("IN", _("Industry")): (1818, 4546, 909, 2727),
        ("AK", _("Academics")): (2857, 1429, 3571, 2143),
    }
    groups = [GroupWeights(*name, slot, points) for slot, (name, points) in enumerate(shares.items())]
    spreads = [Decimal(value) for value in ("0.0851", "0.1451", "0.0928", "0.0796")]
    names = [_("Harm done"), _("Ease of misuse"), _("Spread"), _("Reach")]
    return weights_strip(items=names, groups=groups, spreads=spreads, wide=[1])


def weights_agreed() -> WeightsStrip:
    """Two groups that give everything to one item."""
    names = {"AC": _("Affected communities"), "IN": _("Industry")}
    groups = [GroupWeights(label, name, slot, (10_000, 0)) for slot, (label, name) in enumerate(names.items())]
    return weights_strip(
        items=[_("Harm done"), _("Reach")], groups=groups, spreads=[Decimal(0), Decimal(0)], wide=[0, 1]
    )


def moved_scores() -> Slope:
    """Seven groups: industry came nearer to the others, and one position stands."""
    stands = {"RE": _("Earlier position, as too few answers changed")}
    scores = [
        ("AC", _("Affected communities"), "0.6880", "0.6812"),
        ("CS", _("Civil society"), "0.6650", "0.6650"),
        ("DI", _("Democratic institutions"), "0.6250", "0.6445"),
        ("RE", _("Regulators"), "0.6300", "0.6300"),
        ("TE", _("Technical experts"), "0.6130", "0.6290"),
        ("IN", _("Industry"), "0.5360", "0.5960"),
        ("AK", _("Academics"), "0.6790", "0.6710"),
    ]
    return slope(
        groups=[
            GroupScores(label, name, slot, Decimal(before), Decimal(after), stands.get(label, ""))
            for slot, (label, name, before, after) in enumerate(scores)
        ],
        numbers=(1, 2),
        lines=[line.value for line in lines()],
    )


def unmoved_scores() -> Slope:
    """Seven groups with nearly the same score, in both rounds."""
    return slope(groups=_same_scores(7), numbers=(1, 2), lines=[])


def many_scores() -> Slope:
    """More groups than lines that can be told apart."""
    return slope(groups=_same_scores(8), numbers=(2, 3), lines=[])


def dots() -> HundredDots:
    """Scores from 42 to 82, most of them over the line."""
    scores = [Decimal(4200 + 40 * place) / 10_000 for place in range(100)]
    return hundred_dots(scores=scores, line=Decimal("0.6"), line_name=_("Extra measures"))


def one_heap() -> HundredDots:
    """Everything rated the same: one heap, on the line itself."""
    return hundred_dots(scores=[Decimal("0.5")] * 100, line=Decimal("0.5"), line_name=_("Moderate"))


def _share(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _some(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _same_scores(number: int) -> list[GroupScores]:
    scores = [Decimal(6000 + place) / 10_000 for place in range(number)]
    return [GroupScores(f"G{slot}", _("Example group"), slot, score, score) for slot, score in enumerate(scores)]
