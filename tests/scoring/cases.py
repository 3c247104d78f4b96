"""Cases that the tests of the core share: the worked example, and random inputs for properties."""

from decimal import Decimal as D

from hypothesis import strategies as st

from assessments.scoring.arithmetic import POINTS
from assessments.scoring.elicitation import points_from_ratios
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import EvaluatorRating, GroupInput, ScoringInput, VoiceInput
from assessments.scoring.parameters import Parameters
from assessments.scoring.schemes import CLASSIC, TAXONOMY

# NB-2027-0042: seven groups' ratings of four factors, with the score of each alone
WORKED_RATINGS = (D("0.70"), D("0.40"), D("0.85"), D("0.55"))
WORKED_ANSWERS = {
    "DI": (100, 40, 40, 100),
    "CS": (100, 20, 60, 80),
    "RB": (100, 60, 60, 80),
    "TE": (40, 100, 80, 20),
    "AC": (100, 20, 80, 60),
    "IR": (40, 100, 20, 60),
    "AR": (80, 40, 100, 60),
}
WORKED_SCORES = {
    "DI": "62.5",
    "CS": "66.5",
    "RB": "63.0",
    "TE": "61.3",
    "AC": "68.8",
    "IR": "53.6",
    "AR": "67.9",
}
VOICES_TABLE = {
    "DI": ("1", "1", ".4", ".3"),
    "CS": ("1", "1.2", ".4", ".4"),
    "RB": ("1", "1", ".5", ".2"),
    "TE": ("1.5", ".8", ".6", ".1"),
    "AC": (".5", "2", ".4", ".5"),
    "IR": ("1", ".8", ".4", ".1"),
    "AR": ("1.2", ".8", ".5", ".1"),
}
PLAIN_VOICE = VoiceInput(D(1), D(1), D(0), D(0))
EQ7 = Parameters(voices="eq7")


def voice(code):
    return VoiceInput(*(D(value) for value in VOICES_TABLE[code]))


def worked_points(code):
    return points_from_ratios([D(value) for value in WORKED_ANSWERS[code]])


def group(code, answers, size=4, **changes):
    fields = {
        "code": code,
        "is_affected": code == "AC",
        "is_civil_society": code == "CS",
        "min_size": 5,
        "sums": GroupSums.of(answers, size),
        "adopted": None,
        "roll_size": 12,
        "voice": voice(code) if code in VOICES_TABLE else PLAIN_VOICE,
    }
    return GroupInput(**(fields | changes))


def worked_groups(answers=6):
    return tuple(group(code, [worked_points(code)] * answers) for code in WORKED_ANSWERS)


def rating(values, evaluator="ev-1"):
    return EvaluatorRating(evaluator, tuple((D(str(value)),) for value in values))


def worked_input(**changes):
    fields = {
        "scheme": CLASSIC,
        "aggregator": "linear",
        "ratings": (rating(WORKED_RATINGS),),
        "groups": worked_groups(),
        "parameters": EQ7,
        "month": None,
    }
    return ScoringInput(**(fields | changes))


def taxonomy_rating(rows, evaluator="ev-1"):
    return EvaluatorRating(evaluator, tuple(tuple(D(str(value)) for value in row) for row in rows))


ONE_HOT = tuple(tuple(POINTS if i == j else 0 for j in range(7)) for i in range(7))


def taxonomy_input(**changes):
    """Seven factors and four groups, so that mixing up the two sizes cannot go unseen."""
    rows = [
        (0.2, 0.4, 0.6),
        (0.1, 0.1, 0.1),
        (0.9, 0.8, 0.7),
        (0, 0, 0),
        (0.5, 0.25, 0),
        (1, 0.5, 0),
        (0.3, 0.3, 0.4),
    ]
    codes = ("DI", "CS", "TE", "AC")
    groups = tuple(group(code, [ONE_HOT[(i + j) % 7] for j in range(5)], size=7) for i, code in enumerate(codes))
    fields = {
        "scheme": TAXONOMY,
        "aggregator": "linear",
        "ratings": (taxonomy_rating(rows),),
        "groups": groups,
        "parameters": EQ7,
        "month": 30,
    }
    return ScoringInput(**(fields | changes))


def points(size=4):
    """Any whole points that sum to 10,000, corners included."""
    cuts = st.lists(st.integers(0, POINTS), min_size=size - 1, max_size=size - 1)
    return cuts.map(
        lambda inner: tuple(b - a for a, b in zip([0, *sorted(inner)], [*sorted(inner), POINTS], strict=True))
    )


def ratings(size=4):
    """Any ratings with 4 decimals, 0 and 1 among them."""
    one = st.one_of(st.sampled_from([0, POINTS]), st.integers(0, POINTS))
    return st.lists(one, min_size=size, max_size=size).map(
        lambda values: tuple(D(value).scaleb(-4) for value in values)
    )
