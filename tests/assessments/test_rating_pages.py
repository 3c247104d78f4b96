"""The pages on which evaluators rate: one item a page, kept between pages, checked, sent, seen by nobody else."""

import pytest
from django.urls import reverse

from assessments.actions import rating_drafts
from assessments.forms.ratings import read_rating
from assessments.models import Rating, RatingDraft, RatingSignOff
from assessments.parts import PARTS, parts_of
from assessments.scoring.schemes import SCHEMES, TAXONOMY
from assessments.states import SchemeName
from assessments.wording import items_of
from lastvote.access import Role
from lastvote.web.numbers import NumberError
from tests import factories as make
from tests import rating_world as rw
from tests.deliberation.world import get, post, soup, text_of, visitor
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
GOOD = {"value_0": "0,7", "reason_0": "Many people were hit.", "evidence_0": "1"}


built = kept(lambda: make.make_town(size=1))


@pytest.fixture
def town(built, db):
    return copied(built)


@pytest.fixture
def unrated(town):
    return rw.unrated(town)


def url(assessment, page="rating", *more):
    incident = assessment.incident
    return reverse(page, args=[incident.jurisdiction.slug, incident.reference, assessment.number, *more])


def fill(assessment, by, **values):
    """Fill in every page of the four factors."""
    for code in SCHEMES[assessment.scheme].factors:
        answer = post(url(assessment, "rating_values", code), by=by, **{**GOOD, **values})
        assert answer.status_code == 302, text_of(answer)


def send(assessment, by):
    page = get(url(assessment, "rating_check"), by=by)
    shown = soup(page).select_one("input[name=shown]")["value"]
    return post(url(assessment, "rating_check"), by=by, shown=shown)


# --- Filling in -------------------------------------------------------------------------------------------------


def test_an_evaluator_rates_page_by_page_checks_and_sends(town, unrated):
    by = visitor(town.evaluators[0])
    first = post(url(unrated, "rating_values", "I"), by=by, **GOOD)
    assert first["Location"] == url(unrated, "rating_values", "E")
    fill(unrated, by)
    assert "Many people were hit." in text_of(get(url(unrated, "rating_check"), by=by))
    assert send(unrated, by)["Location"] == url(unrated)
    rating = Rating.objects.get()
    assert (rating.evaluator, rating.version) == (town.evaluators[0], 1)
    assert {str(row.value) for row in rating.values.all()} == {"0.7000"}
    assert "Version 1" in text_of(get(url(unrated), by=by))


def test_seven_kinds_of_risk_take_three_values_a_page(town):
    assessment, by = rw.unrated(town, scheme=SchemeName.TAXONOMY), visitor(town.evaluators[0])
    page = get(url(assessment, "rating_values", "EL"), by=by)
    assert [head.get_text(strip=True) for head in soup(page).select("main h2")] == [
        "propaganda made by AI", "political ads made for one person", "made-up news",
    ]  # fmt: skip
    three = {name.replace("0", str(part)): value for part in (1, 2, 3) for name, value in GOOD.items()}
    for code in TAXONOMY.factors:
        assert post(url(assessment, "rating_values", code), by=by, **three).status_code == 302
    send(assessment, by)
    assert Rating.objects.get().values.count() == 21


@pytest.mark.parametrize("scheme", SchemeName)
def test_every_page_shows_what_0_and_1_mean_for_each_value(town, scheme):
    assessment, by = rw.unrated(town, scheme=scheme), visitor(town.evaluators[0])
    for item in items_of(scheme):
        said = text_of(get(url(assessment, "rating_values", item.code), by=by))
        for _number, part in parts_of(scheme, item):
            assert f"0 means {part.lowest}" in said
            assert f"1 means {part.worst}" in said


def test_every_part_of_the_paper_has_words_of_its_own():
    assert set(PARTS) == {name for names in TAXONOMY.components for name in names}
    assert len({str(part.worst) for part in PARTS.values()}) == len(PARTS)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0.65", "0.65"), ("0,65", "0.65"), ("65%", "0.65"), ("٦٥٪", "0.65"), ("٠٫٦٥", "0.65"), ("1", "1"),
     (" 0.6500 ", "0.65"), ("-0", "0"), ("100 %", "1"), ("0.0001", "0.0001")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, number):
    assert format(read_rating(typed), "f") == number


@pytest.mark.parametrize("typed", ["", "much", "1e-1", "0x1", "1_0", "NaN", "Infinity", "9" * 2000, "5%%"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NumberError):
        read_rating(typed)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value_0": "1.2"}, "must be between 0 and 1"),
        ({"value_0": "-1"}, "must be between 0 and 1"),
        ({"value_0": "70"}, "must be between 0 and 1"),
        ({"value_0": "0.12345"}, "more than 4 decimals"),
        ({"value_0": "70.123%"}, "more than 4 decimals"),
        ({"value_0": "a lot"}, "must be a number"),
        ({"value_0": ""}, "Rate “Harm done”"),
        ({"reason_0": " \u200b"}, "Give a reason"),
        ({"reason_0": "x" * 1501}, "1,500 characters or fewer"),
        ({"evidence_0": ""}, "Choose from the evidence that is listed"),
        ({"evidence_0": "99"}, "Choose from the evidence that is listed"),
        ({"none_0": "on"}, "Choose one of the two"),
    ],
)
def test_what_cannot_be_used_comes_back_with_what_was_typed(town, unrated, changes, said):
    given = {**GOOD, **changes}
    answer = post(url(unrated, "rating_values", "I"), by=town.evaluators[0], **given)
    assert answer.status_code == 422
    assert said in text_of(answer, ".error-summary")
    assert soup(answer).select_one("#id_value_0")["value" if given["value_0"] else "name"] == (
        given["value_0"] or "value_0"
    )
    assert not RatingDraft.objects.exists()


def test_evidence_is_needed_or_the_word_that_there_is_none(town, unrated):
    by = visitor(town.evaluators[0])
    nothing = {"value_0": "0", "reason_0": "We looked."}
    answer = post(url(unrated, "rating_values", "I"), by=by, **nothing)
    assert "or say that none was found" in text_of(answer, ".error-summary")
    assert post(url(unrated, "rating_values", "I"), by=by, none_0="on", **nothing).status_code == 302


def test_a_page_can_be_finished_later(town, unrated):
    by = visitor(town.evaluators[0])
    kept = post(url(unrated, "rating_values", "I"), by=by, value_0="0.3", do="later")
    assert kept["Location"] == url(unrated)
    page = soup(get(url(unrated, "rating_values", "I"), by=by))
    assert page.select_one("#id_value_0")["value"] == "0.3"
    assert get(url(unrated, "rating_check"), by=by)["Location"] == url(unrated, "rating_values", "I")


# --- Sending ----------------------------------------------------------------------------------------------------


def test_sending_twice_sends_once_and_a_change_is_a_new_version(town, unrated):
    by = visitor(town.evaluators[0])
    fill(unrated, by)
    send(unrated, by)
    again = post(url(unrated, "rating_check"), by=by, shown="0" * 64)
    assert (again["Location"], Rating.objects.count()) == (url(unrated), 1)
    post(url(unrated, "rating_values", "X"), by=by, **{**GOOD, "value_0": "0.2"})
    send(unrated, by)
    newest = Rating.objects.get(version=2)
    assert {row.factor: str(row.value) for row in newest.values.all()} == {
        "I": "0.7000", "E": "0.7000", "R": "0.7000", "X": "0.2000",
    }  # fmt: skip


def test_what_was_changed_in_another_window_is_shown_before_it_is_sent(town, unrated):
    by = visitor(town.evaluators[0])
    fill(unrated, by)
    answer = post(url(unrated, "rating_check"), by=by, shown="0" * 64)
    assert (answer.status_code, Rating.objects.count()) == (422, 0)
    assert "changed meanwhile" in text_of(answer)
    assert post(url(unrated, "rating_check"), by=by).status_code == 422


def test_evidence_that_is_no_longer_known_is_asked_for_again(town, unrated):
    by = visitor(town.evaluators[0])
    fill(unrated, by)
    unrated.incident.evidence.update(kind="outcome")
    answer = send(unrated, by)
    assert (answer.status_code, Rating.objects.count()) == (422, 0)
    assert "Link evidence" in text_of(answer, ".error-summary")


def test_nothing_is_rated_after_the_freeze_and_ones_own_stays_readable(town):
    assessment, by = make.make_assessment(town), visitor(town.evaluators[0])
    for page in (url(assessment, "rating_check"), url(assessment, "rating_values", "I")):
        assert [get(page, by=by).status_code, post(page, by=by, **GOOD).status_code] == [409, 409]
    assert "As the report says." in text_of(get(url(assessment), by=by))


def test_a_freeze_while_the_form_is_sent_answers_with_its_own_page(town, unrated, monkeypatch):
    by = visitor(town.evaluators[2])
    for evaluator in town.evaluators[:2]:
        rw.rate(unrated, evaluator)
    real = rating_drafts.save_rating_draft

    def late(**given):
        rw.freeze(town, unrated)
        return real(**given)

    monkeypatch.setattr("assessments.views.rating.save_rating_draft", late)
    answer = post(url(unrated, "rating_values", "I"), by=by, **GOOD)
    assert (answer.status_code, text_of(answer, "h1")) == (409, "The ratings are fixed")


# --- Who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE, Role.AUDITOR])
def test_nobody_but_evaluators_opens_these_pages(town, unrated, role):
    pages = (url(unrated), url(unrated, "rating_check"), url(unrated, "rating_values", "I"))
    assert {get(page, by=town.staff[role]).status_code for page in pages} == {403}


def test_an_evaluator_of_one_assessment_rates_no_other_one(town, unrated):
    person, other = rw.newcomer(town), rw.unrated(town)
    rw.appoint(town, unrated, person)
    by = visitor(person)
    assert [get(url(one), by=by).status_code for one in (unrated, other)] == [200, 403]
    assert soup(get(f"/{town.jurisdiction.slug}/you/", by=by)).select_one("main a[href='/testville/desk/']") is not None
    said = text_of(get(f"/{town.jurisdiction.slug}/desk/", by=by))
    assert "Cases that wait for your rating" in said
    assert said.count(unrated.incident.reference) == 1
    assert other.incident.reference not in said


def test_evaluators_see_nothing_of_each_other_before_the_freeze(town, unrated):
    one, other = (visitor(person) for person in town.evaluators[:2])
    fill(unrated, one, value_0="0.1379", reason_0="Zebra crossing.")
    send(unrated, one)
    fill(unrated, one, value_0="0.2468", reason_0="Second thoughts.")
    pages = [url(unrated), url(unrated, "rating_values", "I"), f"/{town.jurisdiction.slug}/desk/"]
    fill(unrated, other)
    pages.append(url(unrated, "rating_check"))
    for page in pages:
        said = get(page, by=other).content.decode()
        assert [word for word in ("1379", "2468", "Zebra", "thoughts", "13.79") if word in said] == []


# --- Signing off ------------------------------------------------------------------------------------------------


def test_a_supervisor_reads_a_learners_rating_and_signs_what_was_shown(town, unrated):
    boss, learner = rw.supervisor(town), rw.newcomer(town, "Learner")
    rw.appoint(town, unrated, learner, supervised=True)
    page = url(unrated, "rating_sign_off")
    assert "Nothing waits" in text_of(get(page, by=boss))
    assert post(page, by=boss).status_code == 409
    rating = rw.rate(unrated, learner)
    assert "waiting for you to sign" not in text_of(get(f"/{town.jurisdiction.slug}/desk/", by=town.evaluators[0]))
    assert "Ratings that wait for you to sign them off" in text_of(
        get(f"/{town.jurisdiction.slug}/desk/", by=boss)
    )  # fmt: skip
    shown = soup(get(page, by=boss)).select_one("input[name=shown]")["value"]
    assert post(page, by=boss, shown="0" * 64).status_code == 409
    assert post(page, by=boss).status_code == 422
    assert post(page, by=boss, shown=shown).status_code == 302
    assert RatingSignOff.objects.get().rating == rating


def test_whoever_rates_does_not_read_what_waits_to_be_signed_off(town, unrated):
    boss, learner = rw.supervisor(town), rw.newcomer(town, "Learner")
    rw.appoint(town, unrated, learner, supervised=True)
    rw.rate(unrated, learner)
    rw.rate(unrated, boss)
    answer = get(url(unrated, "rating_sign_off"), by=boss)
    assert (answer.status_code, "As the report says." in text_of(answer)) == (403, False)
    assert get(url(unrated, "rating_sign_off"), by=town.evaluators[0]).status_code == 403


def test_nothing_is_signed_off_after_the_freeze(town):
    assessment = make.make_assessment(town)
    assert get(url(assessment, "rating_sign_off"), by=rw.supervisor(town)).status_code == 409
