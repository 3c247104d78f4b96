"""Every number of a policy has words, and the limits that people are told are those of the core."""

import json
from decimal import Decimal as D

import pytest

from assessments.actions.policies import check_body
from assessments.scoring.record import canonical_bytes
from deliberation.policies.body import body_with, read_tree, tree_of, value_at
from deliberation.policies.changes import changes_between
from deliberation.policies.sections import sections_of, settings_of
from deliberation.policies.settings import Kind, Setting
from deliberation.policies.values import ValueRefused, shown, stored, typed
from lastvote.errors import Refused
from stakeholders.models import Group
from tests import factories as make

BODY = canonical_bytes(make.policy_body(voices="eq7")).decode()
TREE = read_tree(BODY)
GROUPS = [Group(code=code, name=make.text(f"Group {code}")) for code in make.CODES]
SECTIONS = sections_of(GROUPS)
SETTINGS = settings_of(SECTIONS)
NUMBERS = [one for one in SETTINGS if one.kind in {Kind.NUMBER, Kind.WHOLE, Kind.OUT_OF_100, Kind.PERCENT}]


def leaves(value, path=()):
    """Every place in a body that holds one value; a list of any length is one."""
    if isinstance(value, dict):
        return [leaf for name, part in value.items() for leaf in leaves(part, (*path, name))]
    if isinstance(value, list) and path[-1] != "lambda_path":
        return [leaf for place, part in enumerate(value) for leaf in leaves(part, (*path, place))]
    return [path]


def test_every_value_of_the_file_has_one_setting():
    assert sorted(map(str, (one.path for one in SETTINGS))) == sorted(map(str, leaves(TREE)))


def test_names_and_fields_of_settings_are_their_own():
    assert len({str(one.name) for one in SETTINGS}) == len({one.field for one in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda one: one.field)
def test_what_is_shown_in_the_form_is_stored_again(setting):
    value = value_at(TREE, setting.path)
    assert stored(setting, typed(setting, value)) == value


def code_of(setting, value):
    """What the core and the actions say to one changed number; empty if nothing."""
    held = int(value) if setting.kind == Kind.WHOLE else format(value, "f")
    try:
        check_body(body_with(TREE, {setting.path: held}))
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda one: one.field)
def test_limits_on_the_page_are_those_of_the_core(setting):
    step = D(1) if setting.kind == Kind.WHOLE else D("0.0001") if setting.places == 4 else D("0.000001")
    around = [setting.low - step, setting.low, setting.high, setting.high + step]
    below, low, high, above = (code_of(setting, value) for value in around)
    voice = setting.path[0] == "voices" and setting.path[-1] in {"beta", "gamma"}
    days = setting.path[0] in {"round_clock", "deliberation_clock"}
    assert below in {"E_RANGE", "window_length", "minimum_answers"}
    assert above in ({"", "window_length"} if days else {"E_RANGE", "threshold_order"})
    inside = {"", "threshold_order", "window_length", *({"E_RANGE"} if voice or "range" in setting.field else ())}
    assert {low, high} <= inside


@pytest.mark.parametrize(("kind", "words", "value"), [
    (Kind.OUT_OF_100, "52,65", "0.5265"),
    (Kind.OUT_OF_100, " ٢٠ ", "0.2"),
    (Kind.PERCENT, "1 %", "0.01"),
    (Kind.NUMBER, "0.2500", "0.25"),
    (Kind.WHOLE, "1", 1),
    (Kind.NUMBERS, "0.01, 0.003", ["0.01", "0.003"]),
    (Kind.NUMBERS, "0,01  0,003;0.001", ["0.01", "0.003", "0.001"]),
    (Kind.WORDS, "Because.", "Because."),
])  # fmt: skip
def test_numbers_are_read_as_people_type_them(kind, words, value):
    assert stored(Setting(("x",), "It", kind, "D1"), words) == value


@pytest.mark.parametrize(("kind", "words", "sentence"), [
    (Kind.NUMBER, "", "It: enter a number"),
    (Kind.NUMBER, "much", "It must be a number"),
    (Kind.NUMBER, "nan", "It must be a number"),
    (Kind.NUMBER, "1e-3", "It must be a number"),
    (Kind.NUMBER, "9" * 400, "It must be a number"),
    (Kind.NUMBER, "1.1", "It must be between 0 and 1"),
    (Kind.NUMBER, "-0.1", "It must be between 0 and 1"),
    (Kind.NUMBER, "0.00001", "It can have 4 decimals at most"),
    (Kind.OUT_OF_100, "101", "It must be between 0 and 100"),
    (Kind.OUT_OF_100, "20.001", "It can have 2 decimals at most"),
    (Kind.WHOLE, "0.5", "It must be a whole number"),
    (Kind.NUMBERS, "", "It: enter 1 to 10 numbers, with spaces between them"),
    (Kind.NUMBERS, ", ;", "It: enter 1 to 10 numbers, with spaces between them"),
    (Kind.NUMBERS, "1 " * 11, "It: enter 1 to 10 numbers, with spaces between them"),
    (Kind.NUMBERS, "0.1 x", "It must be a number"),
])  # fmt: skip
def test_what_is_no_value_is_refused_in_words(kind, words, sentence):
    with pytest.raises(ValueRefused) as refused:
        stored(Setting(("x",), "It", kind, "D1"), words)
    assert str(refused.value) == sentence


def test_changes_are_told_in_words_and_units():
    after = read_tree(body_with(TREE, {
        ("parameters", "low", "s_initial"): "0.25",
        ("parameters", "voices"): "equal",
        ("voices", "A", "reason"): "They asked for it.",
        ("round_clock", "min_days"): 20,
    }))  # fmt: skip
    told = {
        part.section.code: [
            (str(one.setting.name), one.before, one.after, str(one.setting.unit)) for one in part.changes
        ]
        for part in changes_between(SECTIONS, TREE, after)
    }
    assert told == {
        "lines": [("Low line at the start", "20", "25", "out of 100")],
        "voices": [
            ("How much each group counts", "Equation 7, with the table below", "Every group counts the same", ""),
            ("Group A: reason", "as everybody else", "They asked for it.", ""),
        ],
        "rounds": [("Shortest round", "15", "20", "days")],
    }
    assert changes_between(SECTIONS, TREE, TREE) == []


def test_a_group_that_only_one_version_lists_is_shown_by_its_code():
    fewer = read_tree(canonical_bytes(make.policy_body(codes=("A",))).decode())
    sections = sections_of(GROUPS[:1], fewer, TREE)
    found = {str(one.setting.name): (one.before, one.after) for part in changes_between(sections, fewer, TREE)
             for one in part.changes}  # fmt: skip
    assert found["B: expertise"] == ("–", "0")


def test_body_is_canonical_and_complete_again():
    assert body_with(TREE, {}) == BODY
    changed = json.loads(body_with(TREE, {("voices", "Z", "beta"): "1"}))
    assert changed["voices"][-1] == {"group": "Z", "beta": "1"}


@pytest.mark.django_db
def test_tree_of_a_version_keys_the_voices_by_group():
    town = make.make_town(size=0, codes=("A", "C"))
    assert list(tree_of(town.policy)["voices"]) == ["A", "C"]
    assert value_at(tree_of(town.policy), ("voices", "B", "beta")) is None


def test_a_value_that_no_choice_names_is_shown_as_it_is():
    setting = next(one for one in SETTINGS if one.path == ("aggregators", "classic"))
    assert (str(shown(setting, "linear")), shown(setting, "learned")) == ("Adding-up method", "learned")
