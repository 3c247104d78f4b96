"""Present groups for the tests of what explores: the worked example, small ones by hand, and random ones."""

from decimal import Decimal as D

from hypothesis import strategies as st

from assessments.scoring.aggregators import common_form
from assessments.scoring.arithmetic import POINTS, apportion
from assessments.scoring.computation import compute
from assessments.scoring.exploring.present import PresentGroup, present_groups
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.lines import lines_at
from assessments.scoring.parameters import Parameters
from tests.scoring.cases import WORKED_RATINGS, points, worked_input

PAPER = Parameters()
START = lines_at(0, PAPER)
FORM = common_form("linear", WORKED_RATINGS, PAPER.eta)
AGGREGATORS = st.sampled_from(["linear", "tempered"])
CODES = ("DI", "CS", "RB", "TE", "AC", "IR", "AR")


def linear(*ratings):
    return common_form("linear", tuple(D(value) for value in ratings), PAPER.eta)


def worked_run(**changes):
    return compute(worked_input(month=30, **changes))


WORKED = present_groups(worked_run())


def party(*rows, voice=POINTS, code="DI", adopted=False):
    """One present group of the given answers."""
    sums = GroupSums.of(rows, len(rows[0]))
    return PresentGroup(code, voice, sums.position(), *((None, None) if adopted else (sums.n, sums)))


def parties(*groups_of_rows, voices=None):
    """Several groups with equal or given voices."""
    shares = voices or apportion([1] * len(groups_of_rows))
    rows = zip(groups_of_rows, shares, CODES, strict=False)
    return tuple(party(*answers, voice=voice, code=code) for answers, voice, code in rows)


def any_parties(size=4, least=1, most=7):
    """Random groups of one to four members with voices that differ."""
    members = st.lists(st.lists(points(size), min_size=1, max_size=4), min_size=least, max_size=most)

    def with_voices(rows):
        weights = st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows))
        return weights.map(lambda ratios: parties(*rows, voices=apportion(ratios)))

    return members.flatmap(with_voices)
