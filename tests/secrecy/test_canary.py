"""A word in every secret field and a number of their own for every answer: found by nobody but their author."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import override_settings

from tests.secrecy import fields
from tests.secrecy.canaries import Canaries, numbers_in, words_in
from tests.secrecy.crawl import every_write, everything, told

OURS = ("stakeholders", "assessments", "audit", "jobs", "deliberation")
READERS = (
    "visitor", "other secretariat", "person", "late member", "member", "author", "drafter",
    "evaluator", "committee", "secretariat", "chair", "auditor", "admin", "delegate", "helper",
)  # fmt: skip
SENDS_REMINDERS = ("secretariat", "chair")
BEHIND_A_POLICY = ("lines", "policy_version")
OWN_PAGES = ("weigh", "you", "rating", "api_answer")
RATERS = ("evaluator", "supervisor")
WITHHELD = ("zqwithheldzq", "zqcaveatzq")
"""Read by those who rate on it, and by nobody else."""


def allowed(word: str, owner: str, who: str, route: str) -> bool:
    """Whether ``who`` may read ``word`` on this page. Two people stand by name behind a published policy."""
    if word.startswith("zqname"):
        at_the_desk = route.startswith("desk_") and who in {*SENDS_REMINDERS, "committee"}
        return at_the_desk or (route in BEHIND_A_POLICY and owner in {"name of admin", "name of chair"})
    if word.startswith("zqmail"):
        return owner == who and route in {"sign_in_again", "set_password"}
    if word in WITHHELD:
        return who in RATERS and route.startswith("rating")
    return owner == who and route.startswith(OWN_PAGES)


def hits(browsers, canaries: Canaries, people=READERS, states=("open",)):
    """Return where canaries were found by reading, and which of these places are wrong."""
    return _hits_in(everything(browsers, people, states=states), canaries)


def _hits_in(answers, canaries: Canaries):
    found, wrong = defaultdict(set), set()
    numbers = {number: who for who, points in canaries.numbers.items() for number in points}
    for who, route, _state, response in answers:
        page = told(response)
        for word in words_in(page):
            found[word].add(who)
            if not allowed(word, canaries.words[word], who, route.name):
                wrong.add((word, who, route.name))
        for number in numbers_in(page, numbers):
            found[number].add(who)
            if numbers[number] != who or not route.name.startswith(OWN_PAGES):
                wrong.add((number, who, route.name))
    return found, wrong


@pytest.mark.timeout(1800)
def test_canaries_are_found_by_their_authors_alone(browsers, canaries):
    found, wrong = hits(browsers, canaries)
    author, drafter = browsers.world.people["author"].pk, browsers.world.people["drafter"].pk
    assert wrong == set()
    assert found[f"zqreasonzq{author}"] == {"author"}
    assert found[f"zqfactorzq{author}"] == {"author"}
    assert found[f"zqdraftzq{drafter}"] == {"drafter"}
    assert {who for number in canaries.numbers["author"] for who in found[number]} == {"author"}
    assert {who for number in canaries.numbers["drafter"] for who in found[number]} == {"drafter"}
    assert [number for number in canaries.numbers["nobody, on paper"] if found[number]] == []


WRITERS = ("visitor", "other secretariat", "member", "author", "drafter", "evaluator", "secretariat", "chair")


@pytest.mark.timeout(1800)
def test_writing_by_program_tells_nobody_what_others_have_written(browsers, canaries):
    answers = list(every_write(browsers, WRITERS))
    done = {(route.name, response.status_code) for _who, route, _state, response in answers}
    assert {("api_answer", 201), ("api_answer", 200), ("api_cases", 201), ("api_evidence", 201)} <= done
    assert {status for _name, status in done if status >= 500} == set()
    _found, wrong = _hits_in(answers, canaries)
    assert wrong == set()


def test_what_is_not_fixed_or_withheld_is_found_by_nobody(browsers, canaries):
    _found, wrong = hits(
        browsers, canaries, people=("visitor", "evaluator", "secretariat"), states=("received", "rating", "published")
    )
    assert wrong == set()


@pytest.mark.timeout(1800)
def test_ratings_are_read_by_their_own_evaluator_alone_before_they_are_fixed(browsers, canaries):
    """The case that is "received" elsewhere is being rated here: one evaluator has sent, another has half filled in."""
    people = ("visitor", "evaluator", "supervisor", "committee", "secretariat", "chair", "admin", "auditor")
    found, wrong = hits(browsers, canaries, people=people, states=("received",))
    readers = {word: found[word] for word in ("zqratingzq", "zqhalfzq")}
    assert (wrong, readers) == (set(), {"zqratingzq": {"evaluator"}, "zqhalfzq": {"supervisor"}})
    assert {found[number] == {"evaluator"} for number in canaries.numbers["evaluator"]} == {True}


def test_names_at_the_desk_are_read_by_those_who_send_reminders(browsers, canaries):
    found, _wrong = hits(browsers, canaries, people=("committee", "secretariat", "chair"), states=("open",))
    names = [f"zqnamezq{person.pk}" for person in browsers.world.here.members["A"][2:]]
    assert [found[name] for name in names] == [{"secretariat", "chair"}] * len(names)


@override_settings(ROOT_URLCONF="tests.secrecy.leaking")
def test_the_hunt_catches_a_page_that_shows_reasons_and_points(browsers, canaries):
    _found, wrong = hits(browsers, canaries, people=("visitor",), states=("open",))
    author = browsers.world.people["author"].pk
    caught = {(what, route) for what, _who, route in wrong}
    assert {(f"zqreasonzq{author}", "leak_reasons"), (canaries.numbers["author"][0], "leak_points")} <= caught


def test_every_column_of_words_says_who_may_read_it():
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    found = [
        f"{model._meta.label}.{column.name}"
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for column in model._meta.get_fields()
        if isinstance(column, kinds) and not column.choices
    ]
    assert sorted(fields.listed()) == sorted(found)


def rows():
    """Return every row of every table as text, by table and column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    (f"{table}.{column}", str(value).encode()) for column, value in zip(columns, row, strict=True)
                )


def test_words_lie_only_in_columns_that_can_be_erased(world, canaries):
    found = {place for place, value in rows() if words_in(value)}
    public_once_fixed = {"assessments_ratingvalue.reason", "assessments_evidenceitem.statement"}
    assert found - fields.OF_PEOPLE == public_once_fixed | {"assessments_evidenceitem.caveat"}


def test_what_is_typed_from_paper_lies_in_one_column_until_it_is_confirmed(world, canaries):
    numbers = canaries.numbers["nobody, on paper"]
    found = {place for place, value in rows() if len(numbers_in(value, numbers)) > 1}
    found |= {place for place, value in rows() if words_in(value) & {"zqpaperzq", "zqpaperfactorzq"}}
    assert found == {"assessments_papersheet.typed"}


def test_points_lie_only_in_the_answer_itself_and_in_the_sum_of_its_group(world, canaries):
    numbers = [number for who in ("author", "drafter") for number in canaries.numbers[who]]
    found = {place for place, value in rows() if len(numbers_in(value, numbers)) > 1}
    assert found == {
        "assessments_submission.points", "assessments_draft.data", "assessments_groupsum.s",
        "assessments_submissiondetail.raw", "assessments_submissiondetail.first_points",
    }  # fmt: skip
