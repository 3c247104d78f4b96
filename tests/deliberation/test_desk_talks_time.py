"""Pauses, more days and days given back at the desk: listed reasons, caps, and how each date was worked out."""

import datetime as dt

import pytest

from assessments.actions import rounds
from deliberation.models import ClockPause, DeliberationRound, Outage
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(r.in_talks)
PAUSE = {"reason": "court", "explanation": "A court asked for it.", "last_day": "26 June 2026"}
GONE = {"first_day": "22 June 2026", "last_day": "23 June 2026", "explanation": "The site could not be reached."}


@pytest.fixture
def talks(built):
    return copied(built)


def desk_url(world, act: str = "") -> str:
    return f"{r.desk_url(world)}{act}"


def outages_url(world) -> str:
    return f"/{world.town.jurisdiction.slug}/desk/days-given-back/"


def errors(page) -> list[str]:
    return [line.get_text(" ", strip=True) for line in w.soup(page).select(".error-summary li")]


def moves(page) -> list[list[str]]:
    """Return part, end until now and end then, as the check page tells them."""
    (table,) = (
        one for one in w.soup(page).select("main table")
        if one.caption.get_text(strip=True) == "How the days move"
    )  # fmt: skip
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def ends(one) -> list[dt.datetime]:
    return list(one.clocks.exclude(kind="longest").order_by("due_at").values_list("due_at", flat=True))


def test_a_pause_is_shown_with_the_dates_it_leads_to_and_then_leads_to_them(talks):
    world, one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    day = dt.timedelta(days=1)
    before = ends(one)
    first = now.astimezone(world.town.jurisdiction.zone).date()
    said = PAUSE | {"last_day": (first + 2 * day).isoformat()}
    browser = w.visitor(secretary, at=now)
    shown = w.post(desk_url(world, "pause/"), by=browser, at=now, **said)
    told = moves(shown)
    assert ends(one) == before
    counted = w.text_of(shown, "main details")
    assert "How this date was worked out" in counted
    assert counted.count("paused, does not count: A court or authority ordered it") == 2 * len(told)
    done = w.post(desk_url(world, "pause/"), by=browser, at=now, **said, confirmed="yes")
    assert (done.status_code, done["Location"]) == (302, desk_url(world))
    after = w.soup(w.get(desk_url(world), by=secretary, at=now))
    parts = [" ".join(row.get_text(" ").split()) for row in after.select("main dl.summary > div")]
    assert [part.partition(" , ")[0] for part in parts[:3]] == [f"{name} {end}" for name, _before, end in told]
    assert [row.last_day for row in ClockPause.objects.all()] == [first + 2 * day] * 3
    assert AuditEvent.objects.filter(kind="case.talks_paused").count() == 1
    room = w.text_of(w.get(r.room_url(world), at=now))
    assert room.count("A court or authority ordered it. A court asked for it.") == 3


@pytest.mark.parametrize(
    ("change", "status", "sentences"),
    [
        ({"reason": ""}, 422, ["Choose one of the listed reasons"]),
        ({"reason": "holiday"}, 422, ["Choose one of the listed reasons"]),
        ({"explanation": " "}, 422, ["Say what happened"]),
        ({"last_day": ""}, 422, ["Enter the last day"]),
        ({"last_day": "31 June 2026"}, 422, ["The day must be a real date, like 3 June 2027"]),
        ({"last_day": "1 June 2026"}, 422, ["A round can stand still for 10 days in all, from today on."]),
        ({"last_day": "30 August 2026"}, 422, ["A round can stand still for 10 days in all, from today on."]),
        ({"last_day": "30 August 2150"}, 422, ["A round can stand still for 10 days in all, from today on."]),
    ],
)
def test_what_is_wrong_with_a_pause_is_said_and_the_rest_is_kept(talks, change, status, sentences):
    world, _one, now = talks
    typed = PAUSE | {"confirmed": "yes"} | change
    page = w.post(desk_url(world, "pause/"), by=world.staff(Role.SECRETARIAT), at=now, **typed)
    assert (page.status_code, errors(page), ClockPause.objects.count()) == (status, sentences, 0)
    assert w.soup(page).select_one("[name=last_day]").get("value", "") == typed["last_day"]


def test_what_will_be_refused_is_refused_before_it_is_shown_once_more(talks):
    world, _one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    for url, said, sentence in (
        (desk_url(world, "pause/"), PAUSE | {"last_day": "30 August 2150"},
         "A round can stand still for 10 days in all, from today on."),
        (desk_url(world, "more-days/"), {"days": "100000", "reason": "Much."},
         "A round of talks can be extended by 1 to 10 days."),
        (outages_url(world), GONE | {"first_day": "1 July 2150", "last_day": "2 July 2150"},
         "Give days of the last two months, the first one first."),
    ):  # fmt: skip
        page = w.post(url, by=secretary, at=now, **said)
        assert (page.status_code, errors(page)) == (422, [sentence])


def test_days_that_are_paused_already_are_refused_and_the_rest_of_the_cap_is_told(talks):
    world, _one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    last = now.astimezone(world.town.jurisdiction.zone).date() + dt.timedelta(days=3)
    said = PAUSE | {"last_day": last.isoformat(), "confirmed": "yes"}
    assert w.post(desk_url(world, "pause/"), by=secretary, at=now, **said).status_code == 302
    again = w.post(desk_url(world, "pause/"), by=secretary, at=now, **said)
    assert (again.status_code, errors(again)) == (409, ["Some of these days are paused already."])
    form = w.text_of(w.get(desk_url(world, "pause/"), by=secretary, at=now))
    assert "6 days are left for this round." in form
    later = now + dt.timedelta(days=4)
    assert "6 days left" in w.text_of(w.get(desk_url(world), by=secretary, at=later))


def test_more_days_are_shown_with_the_dates_they_lead_to(talks):
    world, one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    browser = w.visitor(secretary, at=now)
    said = {"days": "3", "reason": "Holidays."}
    shown = w.post(desk_url(world, "more-days/"), by=browser, at=now, **said)
    assert "given by the extension" in w.text_of(shown, "main details")
    told = [end for _part, _before, end in moves(shown)]
    w.post(desk_url(world, "more-days/"), by=browser, at=now, **said, confirmed="yes")
    room = w.text_of(w.get(r.room_url(world), at=now), "dl.summary")
    assert [end in room for end in told] == [True] * 3
    one.refresh_from_db()
    assert [clock.extension_days for clock in one.clocks.exclude(kind="longest")] == [3] * 3


def test_a_part_that_is_over_is_not_shown_to_move_while_no_worker_has_come(talks):
    world, one, _now = talks
    late = one.clocks.get(kind="statements").due_at + dt.timedelta(hours=2)
    browser = w.visitor(world.staff(Role.SECRETARIAT), at=late)
    shown = w.post(desk_url(world, "more-days/"), by=browser, at=late, days="3", reason="Holidays.")
    assert [row[0] for row in moves(shown)] == ["Groups meet", "People keep or change their answers"]


def test_the_round_of_answers_gets_more_time_only_with_the_talks(talks):
    world, one, _now = talks
    opens = one.follow_up.opens_at + dt.timedelta(minutes=1)
    rounds.open_due_rounds(opens)
    browser = w.visitor(world.staff(Role.SECRETARIAT), at=opens)
    page = w.get(world.desk_url, by=browser, at=opens)
    assert "Give the round more time" not in w.text_of(page)
    day = (one.follow_up.closes_at + 3 * make.DAY).date().isoformat()
    said = {"closes_at": day, "reason": "Holidays.", "confirmed": "yes"}
    refused = w.post(world.desk_url + "extend/", by=browser, at=opens, **said)
    sentence = "The days of this round are those of the talks. Give the talks more time instead."
    assert (refused.status_code, errors(refused)) == (409, [sentence])


def test_days_without_the_site_are_given_back_to_the_talks_that_ran_then(talks):
    world, one, now = talks
    secretary = world.staff(Role.SECRETARIAT)
    convened = one.convened_at.astimezone(world.town.jurisdiction.zone).date()
    later = now + 2 * make.DAY
    said = GONE | {"first_day": (convened - make.DAY).isoformat(), "last_day": (convened + make.DAY).isoformat()}
    browser = w.visitor(secretary, at=later)
    shown = w.post(outages_url(world), by=browser, at=later, **said)
    assert f"{world.assessment.incident.reference} gets 2 days back." in w.text_of(shown)
    assert "given back, because people could not reach the site" in w.text_of(shown, "main details")
    assert (len(moves(shown)), Outage.objects.count()) == (3, 0)
    done = w.post(outages_url(world), by=browser, at=later, **said, confirmed="yes")
    assert (done.status_code, done["Location"]) == (302, outages_url(world))
    assert [clock.credit_days for clock in one.clocks.exclude(kind="longest")] == [2] * 3
    assert AuditEvent.objects.filter(kind="case.days_credited").count() == 1
    listed = w.soup(w.get(outages_url(world), by=secretary, at=later)).select("main .listing li")
    assert [said["explanation"] in row.get_text() for row in listed] == [True]
    again = w.post(outages_url(world), by=secretary, at=later, **said, confirmed="yes")
    assert (again.status_code, errors(again)) == (409, ["Some of these days are recorded already."])


def test_days_on_which_no_talks_ran_move_nothing_and_the_page_says_so(talks):
    world, _one, now = talks
    DeliberationRound.objects.update(state="ended", ended_at=now)
    today = now.astimezone(world.town.jurisdiction.zone).date().isoformat()
    said = GONE | {"first_day": today, "last_day": today}
    shown = w.post(outages_url(world), by=world.staff(Role.SECRETARIAT), at=now, **said)
    assert "No round of talks ran on these days." in w.text_of(shown)


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"first_day": "", "last_day": ""}, ["Enter the first day", "Enter the last day"]),
        ({"explanation": ""}, ["Say what happened"]),
        (
            {"first_day": "1 July 2027", "last_day": "2 July 2027"},
            ["Give days of the last two months, the first one first."],
        ),
    ],
)
def test_what_is_wrong_with_days_to_give_back_is_said(talks, change, sentences):
    world, _one, now = talks
    page = w.post(outages_url(world), by=world.staff(Role.SECRETARIAT), at=now, **GONE | {"confirmed": "yes"} | change)
    assert (page.status_code, errors(page)) == (422, sentences)


def test_only_the_secretariat_gives_days_back(talks):
    world, _one, now = talks
    people = [world.staff(Role.SECRETARIAT), world.staff(Role.CHAIR), world.town.members["C"][0]]
    assert [w.get(outages_url(world), by=one, at=now).status_code for one in people] == [200, 403, 403]
    assert w.get(outages_url(world), at=now).status_code == 302


def test_talks_that_stand_still_go_on_with_the_dates_that_were_shown(talks):
    world, one, now = talks
    secretary, url = world.staff(Role.SECRETARIAT), desk_url(world, "pause/end/")
    assert url not in str(w.get(desk_url(world), by=secretary, at=now).content)
    last = now.astimezone(world.town.jurisdiction.zone).date() + dt.timedelta(days=8)
    said = PAUSE | {"last_day": last.isoformat(), "confirmed": "yes"}
    w.post(desk_url(world, "pause/"), by=secretary, at=now, **said)
    told, later = ends(one), now + dt.timedelta(days=2)
    browser = w.visitor(secretary, at=later)
    assert url in str(w.get(desk_url(world), by=browser, at=later).content)
    shown = w.post(url, by=browser, at=later, reason="The court has ruled.")
    assert ends(one) == told
    dates = [end for _part, _before, end in moves(shown)]
    done = w.post(url, by=browser, at=later, reason="The court has ruled.", confirmed="yes")
    assert (done.status_code, done["Location"]) == (302, desk_url(world))
    assert all(sooner < end for sooner, end in zip(ends(one), told, strict=True))
    room = w.text_of(w.get(r.room_url(world), at=later), "dl.summary")
    assert [end in room for end in dates] == [True] * 3
    assert room.count("They went on sooner: The court has ruled.") == 3


def test_talks_that_do_not_stand_still_cannot_go_on_and_the_words_are_kept(talks):
    world, _one, now = talks
    page = w.post(desk_url(world, "pause/end/"), by=world.staff(Role.SECRETARIAT), at=now, reason="It is over.")
    assert (page.status_code, errors(page)) == (409, ["The talks do not stand still, or go on by themselves tomorrow."])
    assert w.soup(page).select_one("[name=reason]").get_text().strip() == "It is over."
