"""The commands by which anybody checks a score."""

import io
import json
from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.core.management import call_command

from assessments.models import GroupSum, RoundRecord
from assessments.scoring.score_string import parse
from tests import factories as make
from tests.assessments.test_spine import close


def run(*args, **options):
    """Return (exit code, standard output, standard error)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*args, stdout=out, stderr=err, **options)
    except SystemExit as leaving:
        return leaving.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


STRING = "0.7725/ISS:1.0/M:C4L/I:0.8/E:0.55/R:0.7/X:0.9/WI:0.35/WE:0.15/WR:0.2/WX:0.3/WS:RO/RD:x~0123456789abcdef"


def test_score_needs_no_database_and_ends_well_when_it_recomputes():
    code, out, err = run("score", f"  {STRING}\n")
    assert (code, out.splitlines()[-1], err) == (0, "The score recomputes: 0.7725.", "")


def test_score_says_what_differs():
    code, _out, err = run("score", STRING.replace("0.7725/", "0.7726/"))
    assert (code, err.strip()) == (1, "The string says 0.7726, it works out as 0.7725.")


def test_score_refuses_what_is_no_string_with_a_sentence():
    code, _out, err = run("score", "hello")
    assert code == 1
    assert err.strip().endswith(".")


def test_score_as_json():
    code, out, _err = run("score", STRING, json=True)
    assert (code, json.loads(out)["recomputed"], json.loads(out)["ok"]) == (0, "0.7725", True)


@pytest.fixture
def published(db):
    town = make.make_town(size=5)
    weight_round = make.open_round(town)
    for members in town.members.values():
        for person in members:
            make.answer(weight_round, person, (4000, 3000, 2000, 1000))
    close(weight_round)
    return weight_round


def test_resolve_finds_the_three_files_of_a_published_string(published):
    code, out, _err = run("score", RoundRecord.objects.get().score_string, resolve=True)
    assert (code, [line[:3] for line in out.splitlines()[-4:-1]]) == (0, ["RD:", "EV:", "PO:"])


def test_resolve_refuses_a_string_whose_files_are_not_here(db):
    code, _out, err = run("score", STRING, resolve=True)
    assert (code, err.strip()) == (1, "RD: there is no round record x~0123456789abcdef here.")


def test_resolve_refuses_a_string_with_other_ratings_than_its_record(published):
    string = RoundRecord.objects.get().score_string
    body = string.partition("/")[2]
    other = replace(parse(body), factors=(D("0.1"), D("0.1"), D("0.1"), D("0.1")), stated=None, level=None)
    code, _out, err = run("score", other.canonical(), resolve=True)
    assert (code, err.strip().partition(" are not those")[0]) == (1, "RD: the ratings in the string")


def test_verify_agrees_with_what_was_published(published):
    code, out, _err = run("recompute", all=True, verify=True)
    assert (code, out.splitlines()[-1]) == (0, "5 comparisons, 0 differ.")


def test_verify_finds_a_sum_that_was_tampered_with(published):
    row = GroupSum.objects.filter(round=published).first()
    GroupSum.objects.filter(pk=row.pk).update(n=row.n - 1)
    code, out, _err = run("recompute", all=True, verify=True)
    problem = "the sums of a group in round 1 are not those of its answers"
    assert (code, out.splitlines()[0].partition(": group sums: ")[2]) == (1, problem)
