"""A published index of three levels, worked out with the core's own means from its lowest level up.

Indicators make pillars, pillars make two halves, halves make the index, all with equal weights: what the core does
with components, categories and the score.
"""

import csv
from fractions import Fraction
from io import StringIO

from assessments.scoring.aggregators import weighted_mean
from assessments.scoring.arithmetic import equal_points
from assessments.scoring.categories import category_mean
from tests import real_data

PRINTED = Fraction(7, 10**7)  # what is left of rounding both the indicators and the aggregates to six decimals
INDEX = "Index"

MADE_UP_STRUCTURE = """IndCode,Agg1,Agg2,Agg3
roads,ways,links,Index
rails,ways,links,Index
ports,ways,links,Index
talks,words,links,Index
trees,green,lasts,Index
rivers,green,lasts,Index
"""
MADE_UP_VALUES = """UnitCode,roads,rails,ports,talks,trees,rivers,ways,words,green,links,lasts,Index
AAA,10.000000,20.000000,40.000000,50.000000,0.000000,100.000000,23.333333,50.000000,50.000000,36.666667,50.000000,43.333333
BBB,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000,100.000000
"""


def children_of(structure):
    """The parts of each aggregate, lowest aggregates first."""
    rows = list(csv.DictReader(StringIO(structure)))
    found = {}
    for lower, upper in (("IndCode", "Agg1"), ("Agg1", "Agg2"), ("Agg2", "Agg3")):
        for row in rows:
            found.setdefault(row[upper], {})[row[lower]] = None
    return {parent: list(parts) for parent, parts in found.items()}


def worked_out(unit, children):
    """Every aggregate of one unit from its indicators alone; ratings in [0, 1] as the core has them."""
    known = {code: Fraction(value) / 100 for code, value in unit.items() if code not in children and code != "UnitCode"}
    for parent, parts in children.items():
        values = [known[part] for part in parts]
        is_score = parent == INDEX
        known[parent] = (
            weighted_mean(equal_points(len(values)), values) if is_score else category_mean(values, [1] * len(values))
        )
    return known


def furthest_from_print(structure, table):
    children = children_of(structure)
    units = list(csv.DictReader(StringIO(table)))
    gaps = {
        (unit["UnitCode"], parent): abs(worked_out(unit, children)[parent] * 100 - Fraction(unit[parent]))
        for unit in units
        for parent in children
    }
    return len(units), len(children), max(gaps.values())


def top(table, count):
    ranked = sorted(csv.DictReader(StringIO(table)), key=lambda unit: -Fraction(unit[INDEX]))
    return [(unit["UnitCode"], round(float(unit[INDEX]), 3)) for unit in ranked[:count]]


def test_made_up_index():
    units, aggregates, gap = furthest_from_print(MADE_UP_STRUCTURE, MADE_UP_VALUES)
    assert (units, aggregates, gap <= PRINTED) == (2, 6, True)


def test_made_up_index_with_one_digit_changed_is_noticed():
    *_, gap = furthest_from_print(MADE_UP_STRUCTURE, MADE_UP_VALUES.replace("43.333333", "43.333331"))
    assert gap > PRINTED


def test_published_index_of_51_countries():
    structure = real_data.needed("asem_structure.csv").read_text(encoding="utf-8")
    table = real_data.needed("asem_normalised_and_aggregates.csv").read_text(encoding="utf-8")
    units, aggregates, gap = furthest_from_print(structure, table)
    assert (units, aggregates, gap <= PRINTED) == (51, 11, True)
    assert top(table, 3) == [("CHE", 68.384), ("NLD", 64.820), ("DNK", 64.804)]
