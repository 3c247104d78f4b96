"""C12: shares add up to 100 whatever the points."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assessments.charts.examples import four_shares
from assessments.charts.shares import shares
from assessments.scoring.elicitation import points_from_ratios


def test_worked_example():
    assert [(share.name, share.shown, share.x, share.width) for share in four_shares().shares] == [
        ("Harm done", "38%", "0.00%", "38.46%"),
        ("Ease of misuse", "8%", "38.46%", "7.69%"),
        ("Spread", "31%", "46.15%", "30.77%"),
        ("Reach", "23%", "76.92%", "23.08%"),
    ]


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=7).filter(any))
def test_shown_shares_add_up_to_100(ratios):
    points = points_from_ratios([Decimal(ratio) for ratio in ratios])
    drawn = shares(points, [str(place) for place in range(len(points))]).shares
    assert sum(int(share.shown.removesuffix("%")) for share in drawn) == 100
    assert sum(Decimal(share.width.removesuffix("%")) for share in drawn) == 100
    assert len({share.fill for share in drawn}) == len(drawn)
