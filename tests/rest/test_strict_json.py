"""Reading JSON: what is refused, with which code, at which place, and what comes through unchanged."""

import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastvote.errors import Refused
from lastvote.rest.canonical import canonical_json
from lastvote.rest.strict_json import read_object


def refused(body):
    with pytest.raises(Refused) as refusal:
        read_object(body if isinstance(body, bytes) else body.encode())
    return refusal.value.code, list(refusal.value.fields)


@pytest.mark.parametrize(
    ("body", "code", "places"),
    [
        ("", "malformed_json", []),
        ("{", "malformed_json", []),
        ("points=1", "malformed_json", []),
        (b'{"a": "\xff"}', "malformed_json", []),
        (b'{"a": "\xed\xa0\x80"}', "malformed_json", []),
        (b"\xef\xbb\xbf{}", "malformed_json", []),
        ("{} {}", "malformed_json", []),
        ("null", "object_expected", []),
        ("[]", "object_expected", []),
        ('"words"', "object_expected", []),
        ("1", "object_expected", []),
        ("[" * 200_000, "too_deep", []),
        ('{"a":' * 9 + "1" + "}" * 9, "too_deep", []),
        ('{"w": 1, "w": 2}', "duplicate_key", ["/w"]),
        ('{"a": {"w": 1, "\\u0077": 2}}', "duplicate_key", ["/a/w"]),
        ('{"a": [{}, {"b": 1, "w": {}, "w": 1e999}]}', "duplicate_key", ["/a/1/w"]),
        ('[{"w": 1, "w": 2}]', "object_expected", []),
        ('{"a": [0, NaN]}', "not_finite", ["/a/1"]),
        ('{"a": Infinity}', "not_finite", ["/a"]),
        ('{"a": -Infinity}', "not_finite", ["/a"]),
        ('{"a": 1e999}', "not_finite", ["/a"]),
        ('{"a": -1e999}', "not_finite", ["/a"]),
        ('{"a": 1e9999999999999999999999}', "not_finite", ["/a"]),
        ('{"a": 1e-1001}', "max_decimal_places", ["/a"]),
        ('{"a": [-1e-999999999999]}', "max_decimal_places", ["/a/0"]),
        ('{"a": 0e-999999999999}', "max_decimal_places", ["/a"]),
        ('{"a": ' + "9" * 2000 + "}", "too_long", ["/a"]),
        ('{"a": 0.' + "9" * 2000 + "}", "too_long", ["/a"]),
        ('{"a": "x\\u0000"}', "null_characters", ["/a"]),
        ('{"a": {"\\u0000": 1}}', "null_characters", ["/a"]),
        ('{"a": ["\\ud800"]}', "surrogate", ["/a/0"]),
        ('{"a/b~c": "\\udfff"}', "surrogate", ["/a~1b~0c"]),
    ],
    ids=lambda value: ascii(value[:24]),
)
def test_what_cannot_be_meant_is_refused_where_it_stands(body, code, places):
    assert refused(body) == (code, places)


def test_numbers_are_exact_and_whole_numbers_whole():
    read = read_object(b'{"a": 0.1, "b": 7, "c": 1e-400, "d": -0, "e": 7.0, "f": 1e308}')
    assert read == {
        "a": Decimal("0.1"), "b": 7, "c": Decimal("1e-400"), "d": 0, "e": Decimal("7.0"), "f": Decimal("1e308"),
    }  # fmt: skip
    assert [type(value) for value in read.values()] == [Decimal, int, Decimal, int, Decimal, Decimal]


def test_eight_levels_are_allowed_and_brackets_in_words_are_no_levels():
    assert read_object(b'{"a":' * 7 + b'{"b": "[[[[[[[[[[\\"[[["}' + b"}" * 7)["a"]


def test_a_whole_character_of_two_halves_is_one():
    assert read_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "\U0001f600"}


NAMES = [b'"%05d":1' % number for number in range(25_000)]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 250_000, b'"' * 250_000, b'{"a":"' + b"\\" * 250_000, b'{"a":' + b"9" * 250_000,
        b"{" + b",".join([*NAMES, NAMES[-1]]) + b"}",
    ],
    ids=lambda body: ascii(body[:12]),
)  # fmt: skip
def test_the_largest_bodies_are_answered_at_once(body):
    begun = time.perf_counter()
    refused(body)
    assert time.perf_counter() - begun < 1


WORDS = st.text('ab é\U0001f600"\\\\[]{},:', max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | WORDS,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the machine may be busy
@given(st.dictionaries(WORDS, VALUES, max_size=3))
def test_what_is_written_is_read_again(value):
    try:
        read = read_object(canonical_json(value))
    except Refused as refusal:
        assert refusal.code == "too_deep"  # noqa: PT017 -- the one refusal that such values may meet
    else:
        assert read == value


def test_whole_numbers_that_others_would_change_are_written_as_words():
    assert (
        canonical_json({"a": 2**53 - 1, "b": 10**30}) == b'{"a":9007199254740991,"b":"1000000000000000000000000000000"}'
    )


@given(st.binary(max_size=200))
def test_no_body_is_a_fault(body):
    try:
        assert isinstance(read_object(body), dict)
    except Refused as refusal:
        assert refusal.status == 400  # noqa: PT017 -- anything else would fail
