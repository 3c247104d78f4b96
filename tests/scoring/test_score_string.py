"""The portable string: lawful readings of one incident, strict reading, canonical writing, checking."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import equal_points
from assessments.scoring.engine import score
from assessments.scoring.errors import ScoringError
from assessments.scoring.parameters import Parameters
from assessments.scoring.score_string import ScoreString, check, explain_steps, parse, recompute, string_of
from assessments.scoring.score_string_form import METHODS
from tests.scoring.cases import EQ7, group, points, ratings, taxonomy_input, worked_groups, worked_input

RD = "RD:WR-2026-014~9f2c41d07be3a856"
ROUND = "WR-2026-014~9f2c41d07be3a856"
REFS = f"{RD}/EV:EB-2026-0231~51c0a9e47d2b6f18/PO:POL-2026.2~0d4e8b7712aa93c5"
FACTORS = "I:0.8/E:0.55/R:0.7/X:0.9"
WEIGHTS = "WI:0.35/WE:0.15/WR:0.2/WX:0.3"
LINEAR = f"0.7725/ISS:1.0/M:C4L/{FACTORS}/{WEIGHTS}/WS:RO/{REFS}/TM:30"
COMPOUND = f"0.8010/ISS:1.0/M:C4M/{FACTORS}/{WEIGHTS}/WS:RO/{RD}"
COMMUNITIES = f"0.8075/ISS:1.0/M:C4L/{FACTORS}/WI:0.45/WE:0.05/WR:0.15/WX:0.35/WS:AC/{RD}"
EQUAL = f"0.7375/ISS:1.0/M:C4L/{FACTORS}/WI:0.25/WE:0.25/WR:0.25/WX:0.25/WS:EQ"
TEMPERED = f"ISS:1.0/M:C4T/ET:0.01/{FACTORS}/{WEIGHTS}/WS:RO/{RD}"
SEVEN = "DI:0.4/SU:0.1/EL:0.8/MA:0/CI:0.25/CA:0.5/EM:0.3333"
SEVEN_EQUAL = "WDI:0.1429/WSU:0.1429/WEL:0.1429/WMA:0.1429/WCI:0.1428/WCA:0.1428/WEM:0.1428"
LEARNED = f"ISS:1.0/M:P7/{SEVEN}/NK:WM/TH:THETA-1~00112233445566ff/WS:RO/{RD}"


def code_of(call, *args, **kwargs):
    with pytest.raises(ScoringError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("string", [LINEAR, COMPOUND, COMMUNITIES, EQUAL])
def test_four_lawful_readings_of_one_incident_recompute(string):
    verdict = check(string)
    assert (verdict.ok, verdict.problem) == (True, None)
    assert f"{verdict.recomputed}" == string[:6]
    assert parse(string).canonical() == string


def test_checked_form_refuses_a_mismatch():
    verdict = check(LINEAR.replace("0.7725", "0.7726"))
    assert (verdict.ok, verdict.stated, verdict.recomputed) == (False, D("0.7726"), D("0.7725"))
    assert verdict.problem.code == "string_mismatch"
    assert verdict.problem.message == "The string says 0.7726, it works out as 0.7725."


def test_string_without_a_score_has_nothing_to_mismatch():
    verdict = check(TEMPERED)
    assert (verdict.ok, verdict.stated, verdict.recomputed) == (True, None, D("0.7997"))


@pytest.mark.parametrize(
    ("method", "extra", "expected"),
    [
        ("T7L", "", "0.3405"),
        ("T7M", "", "0.4031"),
        ("T7T", "ET:0.01/", "0.4015"),
    ],
)
def test_seven_categories(method, extra, expected):
    string = parse(f"ISS:1.0/M:{method}/{extra}{SEVEN}/NK:WM/{SEVEN_EQUAL}/WS:EQ")
    assert str(recompute(string)) == expected


def test_learned_score_is_recognised_and_not_computed():
    assert parse(LEARNED).canonical() == LEARNED
    assert code_of(recompute, parse(LEARNED)) == "string_needs_theta"
    verdict = check("0.5000/" + LEARNED)
    assert (verdict.ok, verdict.recomputed, verdict.steps) == (False, None, ())
    assert verdict.problem.message == "P7 cannot be computed without the file that TH names."


def test_leading_one_is_allowed():
    string = f"1.0000/ISS:1.0/M:C4M/I:1/E:0/R:0/X:0/{WEIGHTS}/WS:RO/{RD}"
    assert check(string).ok


def test_any_order_is_read_and_canonical_order_written():
    refs = "PO:POL-2026.2~0d4e8b7712aa93c5/EV:EB-2026-0231~51c0a9e47d2b6f18"
    shuffled = f"0.7725/ISS:1.0/TM:30/WS:RO/{WEIGHTS}/X:0.9/R:0.7/M:C4L/I:0.8/E:0.55/{refs}/{RD}"
    assert parse(shuffled) == parse(LINEAR)
    assert parse(shuffled).canonical() == LINEAR


def test_level_is_held_against_the_month():
    assert check(f"{LINEAR}/LV:M").ok
    wrong = check(f"{LINEAR}/LV:H")
    assert (wrong.ok, wrong.problem.code) == (False, "string_level")
    assert check(LINEAR.replace("TM:30", "TM:60") + "/LV:H").ok


def test_level_is_held_against_the_lines_of_the_policy_given():
    strict = Parameters(high=replace(Parameters().high, s_initial=D("0.7")))
    assert check(f"{LINEAR}/LV:H", strict).ok


def test_level_none_is_written_n():
    assert check(f"ISS:1.0/M:C4L/I:0/E:0/R:0/X:0/{WEIGHTS}/WS:RO/{RD}/TM:0/LV:N").ok


def test_all_optional_keys_in_canonical_order():
    refs = "EV:e~0000000000000000/PO:p~0000000000000000/FS:C-draws~0000000000000000"
    string = f"{TEMPERED}/{refs}/RT:Y/x_org.example_NOISE:0.5"
    read = parse(string)
    assert read.canonical() == string
    assert (read.retrospective, read.distribution, read.local) == (
        True,
        "C-draws~0000000000000000",
        (("x_org.example_NOISE", D("0.5")),),
    )


def test_local_factors_do_not_change_the_score():
    assert recompute(parse(f"{LINEAR}/x_org.example_NOISE:1")) == D("0.7725")


MALFORMED = [
    ("", "string_prefix"),
    ("ISS:1.0", "string_empty_field"),
    ("ISS:1.0/", "string_empty_field"),
    ("ISS:1.1/M:C4L", "string_prefix"),
    ("0.77/" + LINEAR[7:], "string_prefix"),
    ("0.77250/" + LINEAR[7:], "string_prefix"),
    ("1.0001/" + LINEAR[7:], "string_prefix"),
    ("-0.7725/" + LINEAR[7:], "string_prefix"),
    ("0.7725/" + LINEAR, "string_prefix"),
    (LINEAR[7:].lower(), "string_prefix"),
    (" " + LINEAR, "string_prefix"),
    (LINEAR + "\n", "string_ascii"),
    (LINEAR + "\u00e9", "string_ascii"),
    (LINEAR.replace("0.8", "\u0660.8"), "string_ascii"),
    (LINEAR + "/", "string_empty_field"),
    (LINEAR + "/LV:", "string_empty_field"),
    (LINEAR + "/:M", "string_empty_field"),
    (LINEAR + "/LV", "string_empty_field"),
    (LINEAR.replace("/WS", "//WS"), "string_empty_field"),
    (LINEAR + "/TM:30", "string_key_repeated"),
    (LINEAR + "/ZZ:1", "string_key_unknown"),
    (LINEAR + "/DI:0.5", "string_key_unknown"),
    (LINEAR + "/x_example_NOISE:0.5", "string_key_unknown"),
    (LINEAR + "/x_org.example_noise:0.5", "string_key_unknown"),
    (LINEAR + "/x_org.example_NOISE:5", "string_number"),
    *(
        (LINEAR.replace("I:0.8/E", f"I:{wrong}/E"), "string_number")
        for wrong in (
            "0.80",
            ".8",
            "0.",
            "1.0",
            "0.12345",
            "0,8",
            "8e-1",
            "+0.8",
            "-0",
            "01",
            "1.2",
            "0.8 ",
            "NaN",
            "0.0",
        )
    ),
    (LINEAR.replace("TM:30", "TM:030"), "string_number"),
    (LINEAR.replace("TM:30", "TM:-1"), "string_number"),
    (LINEAR.replace("TM:30", "TM:30.5"), "string_number"),
    (LINEAR.replace("TM:30", "TM:12345"), "string_number"),
    (LINEAR.replace("WI:0.35", "WI:0.36"), "string_weights_sum"),
    (LINEAR.replace("/WI:0.35", ""), "string_missing"),
    (LINEAR.replace(f"/{WEIGHTS}", ""), "string_missing"),
    (LINEAR.replace("/I:0.8", ""), "string_missing"),
    (LINEAR.replace("M:C4L/", ""), "string_missing"),
    (LINEAR.replace("/WS:RO", ""), "string_missing"),
    (LINEAR.replace(f"/{RD}", ""), "string_missing"),
    (LINEAR.replace("C4L", "C4X"), "string_value"),
    (LINEAR.replace("C4L", "C4"), "string_value"),
    (LINEAR.replace("WS:RO", "WS:G8"), "string_value"),
    (LINEAR.replace("WS:RO", "WS:ro"), "string_value"),
    (LINEAR + "/LV:X", "string_value"),
    (LINEAR + "/RT:N", "string_value"),
    (LINEAR + "/RT:Y", "string_refused"),
    (LINEAR.replace("/TM:30", "/LV:M"), "string_missing"),
    (LINEAR.replace("C4L", "C4T"), "string_missing"),
    (LINEAR.replace("C4L", "C4L/ET:0.01"), "string_refused"),
    (TEMPERED.replace("ET:0.01", "ET:0"), "string_value"),
    (TEMPERED.replace("ET:0.01", "ET:1"), "string_value"),
    (LINEAR.replace("/WI", "/NK:WM/WI"), "string_refused"),
    (LINEAR + "/TH:t~0000000000000000", "string_refused"),
    (EQUAL + "/" + RD, "string_refused"),
    (EQUAL.replace("WI:0.25/WE:0.25", "WI:0.26/WE:0.24"), "string_equal_split"),
    (LINEAR.replace("9f2c41d07be3a856", "9F2C41D07BE3A856"), "string_reference"),
    (LINEAR.replace("9f2c41d07be3a856", "9f2c41d07be3a85"), "string_reference"),
    (LINEAR.replace("WR-2026-014~", "~"), "string_reference"),
    (LINEAR.replace("WR-2026-014", "WR 2026"), "string_reference"),
    (LINEAR + "/FS:X-a~0000000000000000", "string_reference"),
    (LEARNED.replace("/NK:WM", ""), "string_missing"),
    (LEARNED.replace("NK:WM", "NK:MX"), "string_value"),
    (LEARNED.replace("/TH:THETA-1~00112233445566ff", ""), "string_missing"),
    (LEARNED.replace("/TH", f"/{SEVEN_EQUAL}/TH"), "string_refused"),
    (LINEAR + "/" + "/".join(f"x_a.b_N{i}:0.5" for i in range(40)), "string_length"),
]


@pytest.mark.parametrize(("string", "code"), MALFORMED)
def test_malformed_strings_are_refused_with_their_reason(string, code):
    with pytest.raises(ScoringError) as caught:
        parse(string)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"factors": (D("0.12345"), D(0), D(0), D(0))}, "max_decimal_places"),
        ({"factors": (D(0),) * 3}, "string_missing"),
        ({"weights": (2500, 2500, 5000)}, "string_missing"),
        ({"weights": (-1, 1, 5000, 5000)}, "string_missing"),
        ({"month": -1}, "E_RANGE"),
        ({"month": 10_000}, "string_value"),
        ({"stated": D("1.5")}, "E_RANGE"),
        ({"local": (("NOISE", D(0)),)}, "string_key_unknown"),
        ({"evidence": "x" * 500 + "~0000000000000000"}, "string_length"),
    ],
)
def test_a_built_string_obeys_the_same_rules(changes, code):
    fields = {"method": "C4L", "factors": (D(0),) * 4, "weights": (2500,) * 4, "source": "RO", "record": ROUND}
    assert code_of(ScoreString, **(fields | changes)) == code


@st.composite
def score_strings(draw):
    method = draw(st.sampled_from(METHODS))
    size = 4 if method[:2] == "C4" else 7
    source = draw(st.sampled_from(["EQ", "RO", "AC", "MD", "G1", "G7"]))
    reference = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}~[0-9a-f]{16}", fullmatch=True)
    weights = equal_points(size) if source == "EQ" else draw(points(size))
    month = draw(st.none() | st.integers(0, 9999))
    return ScoreString(
        method=method,
        factors=draw(ratings(size)),
        source=source,
        weights=None if method == "P7" else weights,
        stated=draw(st.none() | st.integers(0, 10_000).map(lambda value: D(value).scaleb(-4))),
        eta=draw(st.integers(1, 9999).map(lambda value: D(value).scaleb(-4))) if method.endswith("T") else None,
        normaliser=None if size == 4 else draw(st.sampled_from(["L2", "WM"])),
        theta=draw(reference) if method == "P7" else None,
        record=None if source == "EQ" else draw(reference),
        evidence=draw(st.none() | reference),
        policy=draw(st.none() | reference),
        month=month,
        distribution=draw(st.none() | reference.map(lambda value: f"H-{value}")),
        level=None if month is None else draw(st.none() | st.sampled_from("NLMH")),
        retrospective=month is None and draw(st.booleans()),
        local=draw(st.sampled_from([(), (("x_a.b_TWO", D("0.5")), ("x_a.b_ONE", D(1)))])),
    )


@settings(deadline=None, max_examples=200)
@given(score_strings(), st.randoms(use_true_random=False))
def test_reading_what_was_written_gives_the_same(string, random):
    written = string.canonical()
    assert parse(written) == string
    lead, rest = written.split("ISS:1.0/")
    parts = rest.split("/")
    random.shuffle(parts)
    assert parse(f"{lead}ISS:1.0/{'/'.join(parts)}").canonical() == written


@settings(deadline=None, max_examples=100)
@given(score_strings().filter(lambda string: string.method != "P7"))
def test_stating_the_recomputed_score_is_always_accepted(string):
    true = replace(string, stated=recompute(string), level=None)
    assert check(true.canonical()).ok
    wrong = replace(true, stated=D(1) - true.stated)
    assert check(wrong.canonical()).ok is (true.stated == D("0.5"))


def test_steps_of_a_linear_string():
    assert explain_steps(parse(LINEAR)) == (
        "WI × I = 0.35 × 0.8 = 0.28",
        "WE × E = 0.15 × 0.55 = 0.0825",
        "WR × R = 0.2 × 0.7 = 0.14",
        "WX × X = 0.3 × 0.9 = 0.27",
        "Σ = 0.7725",
        "S = 0.7725",
    )


def test_steps_of_a_compounding_string():
    string = parse(f"ISS:1.0/M:C4M/I:0.8/E:1/R:0.7/X:0.9/WI:0.35/WE:0/WR:0.35/WX:0.3/WS:RO/{RD}")
    assert explain_steps(string) == (
        "(1 − I)^WI = 0.2^0.35 = 0.56932532",
        "(1 − E)^WE = 0^0 = 1",
        "(1 − R)^WR = 0.3^0.35 = 0.65613384",
        "(1 − X)^WX = 0.1^0.3 = 0.50118723",
        "Π = 0.18722030",
        "1 − Π = 0.81277970",
        "S = 0.8128",
    )


def test_steps_of_a_compounding_string_with_a_factor_at_one():
    string = parse(f"ISS:1.0/M:C4M/I:1/E:0/R:0/X:0/{WEIGHTS}/WS:RO/{RD}")
    assert explain_steps(string)[0] == "(1 − I)^WI = 0^0.35 = 0"
    assert explain_steps(string)[-3:] == ("Π = 0.00000000", "1 − Π = 1.00000000", "S = 1.0000")


def test_steps_of_a_tempered_string():
    assert explain_steps(parse(TEMPERED)) == (
        "−WI × ln(1 − 0.99 × 0.8) = 0.35 × 1.57021720 = 0.54957602",
        "−WE × ln(1 − 0.99 × 0.55) = 0.15 × 0.78635956 = 0.11795393",
        "−WR × ln(1 − 0.99 × 0.7) = 0.2 × 1.18090753 = 0.23618151",
        "−WX × ln(1 − 0.99 × 0.9) = 0.3 × 2.21640740 = 0.66492222",
        "z = 1.56863368",
        "(1 − e^−z) / 0.99 = 0.79966704",
        "S = 0.7997",
    )


def test_string_of_a_result_recomputes():
    inputs = worked_input(month=30)
    string = string_of(score(inputs).binding, EQ7, month=30, record=ROUND)
    assert string.canonical() == (
        f"0.6404/ISS:1.0/M:C4L/I:0.7/E:0.4/R:0.85/X:0.55/WI:0.3058/WE:0.2035/WR:0.2503/WX:0.2404/WS:RO/{RD}/TM:30/LV:M"
    )
    assert check(string.canonical()).ok


def test_string_under_lines_of_a_policys_own_says_no_level_and_recomputes():
    own = replace(EQ7, moderate=replace(EQ7.moderate, s_initial=D("0.65"), s_full=D("0.65")))
    inputs = worked_input(parameters=own, month=30)
    string = string_of(score(inputs).binding, own, month=30, record=ROUND)
    assert (string.level, string.month, check(string.canonical()).ok) == (None, 30, True)


def test_string_of_a_retrospective_tempered_result():
    string = string_of(score(worked_input(aggregator="tempered")).binding, EQ7, month=None, record=ROUND)
    assert string.canonical().startswith("0.6785/ISS:1.0/M:C4T/ET:0.01/I:0.7/")
    assert string.canonical().endswith(f"/WS:RO/{RD}/RT:Y")
    assert check(string.canonical()).ok


def test_string_of_a_result_before_anybody_answered():
    empty = tuple(group(one.code, []) for one in worked_groups())
    binding = score(worked_input(groups=empty, month=0)).binding
    string = string_of(binding, EQ7, month=0, record=ROUND).canonical()
    assert string == "0.6250/ISS:1.0/M:C4L/I:0.7/E:0.4/R:0.85/X:0.55/WI:0.25/WE:0.25/WR:0.25/WX:0.25/WS:EQ/TM:0/LV:M"


def test_string_of_seven_categories_names_the_weighted_mean():
    binding = score(taxonomy_input()).binding
    string = string_of(binding, EQ7, month=30, record=ROUND)
    assert (string.method, string.normaliser) == ("T7L", "WM")
    assert check(string.canonical()).ok


def test_string_of_a_heard_round_needs_its_record():
    assert code_of(string_of, score(worked_input()).binding, EQ7, month=None) == "string_missing"


@pytest.mark.parametrize(
    ("binding", "parameters"),
    [
        (score(worked_input()).binding | {"scheme": "own"}, EQ7),
        (score(taxonomy_input()).binding, Parameters(category_rule="rms")),
    ],
)
def test_string_has_no_letters_for_other_schemes_or_rules(binding, parameters):
    assert code_of(string_of, binding, parameters, month=30, record=ROUND) == "E_MODE"


def test_a_built_string_needs_a_known_method():
    assert code_of(ScoreString, method="C5L", factors=(), source="EQ") == "string_value"
