"""C5: a hundred dots, none of them on the wrong side of the line."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.charts.examples import dots, one_heap
from assessments.charts.hundred_dots import hundred_dots

published = st.decimals(min_value=0, max_value=1, places=4)


def test_headline_counts_what_reaches_the_line():
    assert dots().headline == "55 of 100 possible weightings score 60 or more (Extra measures)."
    assert one_heap().headline == "100 of 100 possible weightings score 50 or more (Moderate)."
    none = hundred_dots(scores=[Decimal("0.2")] * 100, line=Decimal("0.5"), line_name="Moderate")
    assert none.headline == "None of 100 possible weightings reaches 50 (Moderate)."


def test_a_heap_tells_its_stretch_and_its_dots():
    (heap,) = one_heap().heaps
    assert (heap.start, heap.end, heap.count, heap.reached, len(heap.dots)) == ("50.0", "54.0", 100, True, 100)


@settings(deadline=None)
@given(st.lists(published, min_size=1, max_size=100), published)
def test_every_score_is_one_dot_on_its_side_of_the_line(scores, line):
    chart = hundred_dots(scores=scores, line=line, line_name="Line")
    assert sum(heap.count for heap in chart.heaps) == len(scores)
    reached = sum(heap.count for heap in chart.heaps if heap.reached)
    assert reached == sum(score >= line for score in scores)
