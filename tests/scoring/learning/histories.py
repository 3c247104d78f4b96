"""Labelled histories for the tests of learning: synthetic twins, the real sets, and random ones for properties."""

import csv
import gzip
from fractions import Fraction
from math import log

import numpy as np
from hypothesis import strategies as st

from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.learning.polynomial import Coefficients, free_parameters, sigma
from tests.real_data import needed

CLASSIC = ("I", "E", "R", "X")
NO_RISK = log(0.05 / 0.95)  # the z at which no risk scores 0.05
VDEM = ("v2x_elecoff", "v2xel_frefair", "v2x_frassoc_thick", "v2x_suffr", "v2x_freexp_altinf")


def history(ratings, labels, **changes):
    ratings = np.atleast_2d(np.asarray(ratings, dtype=float))
    factors = tuple(f"f{i}" for i in range(ratings.shape[1]))
    return LabelledHistory(**({"factors": factors, "ratings": ratings, "labels": labels, "raters": None} | changes))


def random_history(cases, size, seed=1):
    draws = np.random.default_rng(seed)
    return history(draws.random((cases, size)), draws.random(cases))


def severities_twin(cases=499):
    """Shaped like published severities: four factors in few steps, labels that compound and are rounded to 0.1."""
    draws = np.random.default_rng(3)
    steps = [np.linspace(0.5, 1, 6), np.linspace(0, 1, 9), np.linspace(0, 1, 4), np.array([0.0, 1.0])]
    ratings = np.column_stack([draws.choice(values, cases) for values in steps])
    z = -3 + ratings @ [2.5, 1.0, 0.8, 0.6] + 1.5 * ratings[:, 0] * ratings[:, 2] + draws.normal(0, 0.4, cases)
    return history(ratings, np.round(sigma(z), 1), factors=CLASSIC)


def index_twin(cases=2126):
    """Shaped like a published index: five factors that rise together, half the label their mean, half their product."""
    draws = np.random.default_rng(4)
    common = draws.beta(1.2, 0.9, (cases, 1))
    ratings = np.clip(common + draws.normal(0, 0.15, (cases, 5)), 0, 1)
    labels = 0.5 * ratings.mean(axis=1) + 0.5 * ratings.prod(axis=1)
    return history(ratings, labels, factors=VDEM)


def real_severities():
    """Published severities of real vulnerabilities; impact is made of the standard's own values, exactly."""
    harm = {"0.0": Fraction(0), "0.5": Fraction(22, 100), "1.0": Fraction(56, 100)}
    with needed("avid_cvss3_a.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ratings = [
        (
            (1 - (1 - harm[row["C"]]) * (1 - harm[row["I"]]) * (1 - harm[row["A"]])) / Fraction("0.914816"),
            sum(Fraction(row[name]) for name in ("AC", "PR", "UI")) / 3,
            Fraction(row["AV"]),
            Fraction(row["S"]),
        )
        for row in rows
    ]
    return history(
        np.array(ratings, dtype=float), [float(Fraction(row["base_score"]) / 10) for row in rows], factors=CLASSIC
    )


def real_index():
    """Country-years of a published index of democracy over its five components."""
    with gzip.open(needed("vdem_2000_2011.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ratings = [[float(row[name]) for name in VDEM] for row in rows]
    return history(ratings, [float(row["v2x_polyarchy"]) for row in rows], factors=VDEM)


HISTORIES = {
    "severities twin": severities_twin,
    "index twin": index_twin,
    "real severities": real_severities,
    "real index": real_index,
}


def shares(rows, size):
    """(rows, size) float weights that sum to 1."""
    points = st.lists(st.integers(0, 100), min_size=size, max_size=size).filter(any)
    return st.lists(points, min_size=rows, max_size=rows).map(lambda ps: np.array([np.array(p) / sum(p) for p in ps]))


def unit_floats(*shape):
    count = int(np.prod(shape))
    return st.lists(st.integers(0, 1000), min_size=count, max_size=count).map(
        lambda values: np.array(values).reshape(shape) / 1000
    )


def packed(size, low=-3000, high=3000):
    count = free_parameters(size)
    return st.lists(st.integers(low, high), min_size=count, max_size=count).map(lambda values: np.array(values) / 1000)


def coefficients(size, low=-3000, high=3000):
    return packed(size, low, high).map(lambda theta: Coefficients.unpacked(theta, size))
