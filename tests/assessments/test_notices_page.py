"""The page of a person's notices: what they were told, newest first, and what they choose about mail."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import notices
from lastvote.texts import text
from stakeholders.models import Notice
from stakeholders.notices import choices
from stakeholders.notices.kinds import kinds, updates
from stakeholders.notices.telling import MAIL, STEP
from stakeholders.states import NoticePace
from stakeholders.views.notices import PAGE_SIZE
from tests import factories as make
from tests.assessments.weighers import soup, summary
from tests.keeping import copied, kept
from tests.telling import do_owed

pytestmark = pytest.mark.django_db
built = kept(make.open_town)
NOW = make.NOW
URL = "/testville/you/notifications/"


@pytest.fixture
def world(built):
    return copied(built)


@pytest.fixture
def member(world):
    return world[0].members["A"][0]


@pytest.fixture
def browser(member):
    client = Client()
    client.force_login(member.account)
    return client


def wanted(**changed):
    """Return the form as somebody sends it who wants everything at once, but for what is named."""
    return {f"pace-{kind.name}": changed.get(kind.name, "at_once") for kind in updates()}


def lines(page):
    return [[words.strip() for words in row.stripped_strings] for row in soup(page).select("main .listing > li")]


def test_visitors_sign_in_first(world):
    assert Client().get(URL).status_code == 302


def test_somebody_who_was_told_nothing_yet_is_told_so(browser):
    page = browser.get(URL)
    assert (page.status_code, lines(page)) == (200, [])
    assert "We have told you nothing yet." in soup(page).main.get_text()
    assert "no-store" in page["Cache-Control"]


def test_what_was_told_is_listed_newest_first_with_a_way_to_act(world, member, browser):
    town, weight_round = world
    do_owed(STEP, NOW)
    do_owed(MAIL, NOW)
    Notice.objects.create(
        person=member, kind=notices.ROUND_PUBLISHED, subject_id=weight_round.pk, created_at=NOW + make.DAY
    )
    page = browser.get(URL)
    rows = lines(page)
    assert [row[0] for row in rows] == ["A score that you helped to find is published", "A round of questions opens"]
    assert ["not sent by email" in row[-1] for row in rows] == [True, False]
    case = weight_round.assessment.incident.reference
    links = [link["href"] for link in soup(page).select("main .listing a")]
    assert links == [f"/testville/cases/{case}/", f"/testville/cases/{case}/weigh/"]
    assert [one for one in (f"{town.members['B'][0].name}", "4000") if one in soup(page).main.get_text()] == []


def test_nobody_sees_what_others_were_told(world, member, browser):
    do_owed(STEP, NOW)
    Notice.objects.filter(person=member).delete()
    assert lines(browser.get(URL)) == []


def test_the_list_has_pages_and_asks_as_much_for_one_as_for_many(world, member, browser):
    town, weight_round = world

    def told(number):
        incident = make.make_incident(town, title=f"Case {number}")
        other = make.open_round(town, make.make_assessment(town, incident=incident))
        Notice.objects.create(person=member, kind=notices.ROUND_CLOSING, subject_id=other.pk, created_at=NOW)

    Notice.objects.create(person=member, kind=notices.ROUND_CLOSING, subject_id=weight_round.pk, created_at=NOW)
    alone = queries(browser)
    for number in range(3):
        told(number)
    assert (len(lines(browser.get(URL))), queries(browser)) == (4, alone)
    for place in range(PAGE_SIZE):
        Notice.objects.create(person=member, kind=notices.ROUND_OPENED, subject_id=10**6 + place, created_at=NOW)
    assert len(lines(browser.get(URL))) == PAGE_SIZE
    assert len(lines(browser.get(f"{URL}?page=2"))) == 4
    assert len(lines(browser.get(f"{URL}?page=none"))) == PAGE_SIZE


def queries(browser):
    with CaptureQueriesContext(connection) as seen:
        browser.get(URL)
    return len(seen)


def test_a_kind_that_is_no_longer_known_is_left_out(member, browser):
    Notice.objects.create(person=member, kind="of an older day", subject_id=1, created_at=NOW)
    assert lines(browser.get(URL)) == []


def test_every_update_can_be_chosen_and_what_binds_is_only_listed(browser):
    page = soup(browser.get(URL))
    legends = [legend.get_text(strip=True) for legend in page.select("main legend")]
    assert legends == [str(kind.title) for kind in kinds.values() if not kind.binding]
    always = [row.get_text(strip=True) for row in page.select("main ul:not(.listing) li")]
    assert always == list(dict.fromkeys(str(kind.title) for kind in kinds.values() if kind.binding))
    assert {box["value"] for box in page.select("main input:checked")} == {"at_once"}


def test_what_is_chosen_is_kept_and_shown(member, browser):
    answer = browser.post(URL, wanted(round_published="off", case_settled="daily") | {"private_subjects": "on"})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    member.refresh_from_db()
    assert choices.pace_of(member, "round_published") == NoticePace.OFF
    assert choices.pace_of(member, "case_settled") == NoticePace.DAILY
    assert choices.pace_of(member, "statement_replied") == NoticePace.AT_ONCE
    assert choices.pace_of(member, notices.ROUND_OPENED) == NoticePace.AT_ONCE
    assert member.private_subjects is True
    page = soup(browser.get(URL))
    chosen = {box["name"]: box.get("value", "on") for box in page.select("main input:checked")}
    assert chosen == wanted(round_published="off", case_settled="daily") | {"private_subjects": "on"}
    browser.post(URL, wanted())
    member.refresh_from_db()
    assert (member.private_subjects, choices.pace_of(member, "round_published")) == (False, NoticePace.AT_ONCE)


def test_what_binds_cannot_be_turned_off_by_a_form_made_up(member, browser):
    browser.post(URL, wanted() | {"pace-round_opened": "off"})
    assert choices.pace_of(member, notices.ROUND_OPENED) == NoticePace.AT_ONCE


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose when to write to you: Talks have ended"),
        ({"pace-case_settled": "sometimes"}, "Choose one of the list: Talks have ended"),
    ],
)
def test_a_choice_that_is_missing_or_made_up_is_told_and_the_rest_kept(member, browser, sent, sentence):
    form = wanted(round_published="daily")
    del form["pace-case_settled"]
    page = browser.post(URL, form | sent)
    assert (page.status_code, summary(page)) == (422, [("#id_pace-case_settled_0", sentence)])
    kept_box = soup(page).select_one("input[name=pace-round_published]:checked")
    assert kept_box["value"] == "daily"
    assert choices.pace_of(member, "round_published") == NoticePace.AT_ONCE


@pytest.mark.parametrize("private", [False, True])
def test_the_subject_says_what_it_is_about_or_only_which_site_writes(world, member, private):
    choices.choose_private_subjects(person=member, private=private)
    do_owed(STEP, NOW)
    do_owed(MAIL, NOW)
    (message,) = [one for one in mail.outbox if one.to == [member.account.email]]
    case = world[1].assessment.incident.reference
    told = "Update from Testville reviews" if private else f"Tell us what matters most ({case})"
    assert message.subject == told
    assert f"<title>{told}</title>" in message.alternatives[0][0]
    assert "until" in message.body


def test_a_place_with_a_very_long_name_leaves_the_subject_short(world, member):
    town, _round = world
    town.jurisdiction.name = text("The united parishes on both sides of the river and the islands beyond")
    town.jurisdiction.save(update_fields=["name"])
    choices.choose_private_subjects(person=member, private=True)
    do_owed(STEP, NOW)
    do_owed(MAIL, NOW)
    (message,) = [one for one in mail.outbox if one.to == [member.account.email]]
    assert len(message.subject) <= 60
