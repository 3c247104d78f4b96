"""The desk of talks: who may do what, each act shown once more first, and refusals on the form with what was typed."""

import pytest

from assessments.actions.changes_seen import fingerprint
from deliberation.actions.sessions import meeting_of, plan_session
from deliberation.models import DeliberationRound, Session
from deliberation.room.desk_forms import shown_meeting
from lastvote.access import Role
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
SESSION = {"place": "Town hall", "day": "1 July 2026", "hour": "18:30", "facilitator": "1"}
ACTS = {
    "session/": Role.SECRETARIAT, "more-days/": Role.SECRETARIAT, "pause/": Role.SECRETARIAT, "note/": Role.FACILITATOR,
}  # fmt: skip
PAUSE = {"reason": "court", "explanation": "The court asked for it.", "last_day": "26 June 2026"}


def build():
    world, one, now = r.in_talks()
    return world, one, now, r.facilitator_of(world)


built = kept(build)


@pytest.fixture
def talks(built):
    return copied(built)


def desk_url(world, act: str = "") -> str:
    return f"{r.desk_url(world)}{act}"


def errors(page) -> list[str]:
    return [line.get_text(" ", strip=True) for line in w.soup(page).select(".error-summary li")]


def planned(talks) -> Session:
    world, one, now, fay = talks
    starts = one.follow_up.opens_at + make.DAY
    return plan_session(
        one=one, place="Hall", starts_at=starts, facilitator=fay, by=world.staff(Role.SECRETARIAT), now=now
    )


def send(world, act, by, now, **data):
    """Send the form, read the page that shows it once more, and confirm there."""
    browser = w.visitor(by, at=now)
    shown = w.post(desk_url(world, act), by=browser, at=now, **data)
    assert (shown.status_code, w.text_of(shown, "h1").startswith("Check: ")) == (200, True)
    return w.post(desk_url(world, act), by=browser, at=now, confirmed="yes", **data)


@pytest.mark.parametrize(
    ("act", "answers"),
    [
        ("", [200, 200, 200, 403]),
        ("session/", [200, 403, 403, 403]),
        ("more-days/", [200, 403, 403, 403]),
        ("pause/", [200, 403, 403, 403]),
        ("reasons/", [403, 200, 403, 403]),
        ("sessions/1/minutes/", [403, 404, 403, 403]),
        ("note/", [403, 200, 403, 403]),
    ],
)
def test_each_page_is_for_those_who_may(talks, act, answers):
    world, _one, now, fay = talks
    people = [world.staff(Role.SECRETARIAT), fay, world.staff(Role.CHAIR), world.town.members["C"][0]]
    assert [w.get(desk_url(world, act), by=person, at=now).status_code for person in people] == answers
    assert w.get(desk_url(world, act), at=now).status_code == 302


def test_a_session_is_planned_once_it_was_read_again(talks):
    world, _one, now, fay = talks
    done = send(world, "session/", world.staff(Role.SECRETARIAT), now, **SESSION)
    assert (done.status_code, done["Location"]) == (302, desk_url(world))
    session = Session.objects.get()
    assert (session.place, session.starts_at.isoformat(), session.facilitator) == (
        "Town hall", "2026-07-01T17:30:00+00:00", fay,
    )  # fmt: skip


def changing(session, **typed):
    """What the form of a planned session sends, with what is typed into it."""
    zone = session.round.case.assessment.incident.jurisdiction.zone
    return {**shown_meeting(session, zone), "seen": fingerprint(vars(meeting_of(session))), **typed}


def test_a_session_is_changed_once_it_was_read_again_and_the_page_of_the_talks_shows_it(talks):
    world, _one, now, fay = talks
    session = planned(talks)
    form = w.soup(w.get(desk_url(world, "sessions/1/change/"), by=fay, at=now))
    shown = {box["name"]: box.get("value") or box.get_text(strip=True) for box in form.select("form [name]")}
    assert {name: shown[name] for name in changing(session)} == changing(session)
    typed = changing(session, place="Library", day="1 July 2026", hour="19:15", access="A ramp.")
    done = send(world, "sessions/1/change/", fay, now, **typed)
    assert (done.status_code, done["Location"]) == (302, desk_url(world))
    room = w.text_of(w.get(r.room_url(world), at=now), "#sessions")
    assert [words for words in ("Library", "7:15pm on Wednesday 1 July 2026", "A ramp.") if words not in room] == []


def test_whoever_was_slower_sees_both_versions_and_can_put_theirs_in_place(talks):
    world, _one, now, fay = talks
    session = planned(talks)
    mine = changing(session, place="School")
    send(world, "sessions/1/change/", fay, now, **changing(session, place="Library"))
    page = w.post(desk_url(world, "sessions/1/change/"), by=world.staff(Role.SECRETARIAT), at=now, **mine)
    assert page.status_code == 409
    assert [cell.get_text(strip=True) for cell in w.soup(page).select("section table td")] == ["Library", "School"]
    assert "Fay changed this" in w.text_of(page, "main")
    fresh = w.soup(page).select_one("form [name=seen]")["value"]
    assert send(world, "sessions/1/change/", fay, now, **mine | {"seen": fresh}).status_code == 302
    session.refresh_from_db()
    assert session.place == "School"


def test_what_cannot_be_changed_about_a_session_is_said_before_it_is_shown_once_more(talks):
    world, _one, now, fay = talks
    assert w.get(desk_url(world, "sessions/1/change/"), by=fay, at=now).status_code == 404
    session = planned(talks)
    late = w.post(desk_url(world, "sessions/1/change/"), by=fay, at=now, **changing(session, day="20 July 2026"))
    assert (late.status_code, errors(late)) == (422, ["Choose a time ahead, within the days for sessions."])
    begun = w.post(desk_url(world, "sessions/1/change/"), by=fay, at=session.starts_at, **changing(session, place="X"))
    assert (begun.status_code, errors(begun)) == (
        409, ["This session has begun, so it cannot be changed any more."],
    )  # fmt: skip
    assert w.get(desk_url(world, "sessions/1/change/"), by=fay, at=session.starts_at).status_code == 409
    people = [world.staff(Role.SECRETARIAT), world.staff(Role.CHAIR), world.town.members["C"][0]]
    answers = [w.get(desk_url(world, "sessions/1/change/"), by=person, at=now).status_code for person in people]
    assert answers == [200, 403, 403]
    pages = [w.soup(w.get(desk_url(world), by=fay, at=at)) for at in (now, session.starts_at)]
    links = [page.select("a[href$='sessions/1/change/']") for page in pages]
    assert [len(found) for found in links] == [1, 0]


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"place": ""}, 422, "Enter the place"),
        ({"day": ""}, 422, "Enter the day"),
        ({"day": "31 June 2026"}, 422, "The day must be a real date, like 3 June 2027"),
        ({"hour": "late"}, 422, "The time must be like 18:30"),
        ({"hour": ""}, 422, "Enter the time"),
        ({"facilitator": ""}, 422, "Choose who leads it"),
        ({"day": "20 July 2026"}, 422, "Choose a time ahead, within the days for sessions."),
    ],
)
def test_what_is_wrong_with_a_session_is_said_and_the_rest_is_kept(talks, change, status, sentence):
    world, _one, now, _fay = talks
    typed = SESSION | {"confirmed": "yes"} | change
    page = w.post(desk_url(world, "session/"), by=world.staff(Role.SECRETARIAT), at=now, **typed)
    assert (page.status_code, errors(page), Session.objects.count()) == (status, [sentence], 0)
    assert w.soup(page).select_one("[name=hour]").get("value", "") == typed["hour"]


def test_minutes_tell_who_was_there_and_what_they_needed(talks):
    world, _one, _now, fay = talks
    session = planned(talks)
    data = {"minutes": "All spoke.", "people_C": "4", "spoken_C": "12", "needs_C": "Sign language", "lacked_C": "on"}
    assert send(world, "sessions/1/minutes/", fay, session.starts_at, **data).status_code == 302
    row = session.attendance.get(group__code="C")
    assert (row.people, row.minutes_spoken, row.access_needs, row.access_met) == (4, 12, "Sign language", False)
    assert [one.people for one in session.attendance.exclude(group__code="C")] == [0] * 6


def test_minutes_before_the_session_and_parts_of_people_are_refused(talks):
    world, _one, now, fay = talks
    planned(talks)
    early = w.post(desk_url(world, "sessions/1/minutes/"), by=fay, at=now, minutes="We met.", confirmed="yes")
    assert (early.status_code, errors(early)) == (409, ["The session has not begun yet."])
    half = w.post(desk_url(world, "sessions/1/minutes/"), by=fay, at=now, minutes="We met.", people_A="2.5")
    assert (half.status_code, errors(half)) == (422, ["Enter a whole number, 0 or more"])


def test_the_talks_get_more_days_once(talks):
    world, one, now, _fay = talks
    secretary = world.staff(Role.SECRETARIAT)
    assert send(world, "more-days/", secretary, now, days="5", reason="Holidays.").status_code == 302
    assert one.clocks.get(kind="statements").extension_days == 5
    second = w.post(desk_url(world, "more-days/"), by=secretary, at=now, days="1", reason="More.", confirmed="yes")
    assert (second.status_code, errors(second)) == (409, ["A round can be extended only once."])
    empty = w.post(desk_url(world, "more-days/"), by=secretary, at=now, days="", reason="")
    assert (empty.status_code, sorted(errors(empty))) == (422, ["Enter a whole number of days", "Enter your reason"])


def test_the_note_waits_for_the_end_of_the_statements(talks):
    world, _one, now, fay = talks
    said = {"agreed": "Much on spread.", "still_differ": "Harm."}
    page = w.post(desk_url(world, "note/"), by=fay, at=now, **said, confirmed="yes")
    assert (page.status_code, errors(page)) == (409, ["The note comes after the statements have ended."])
    assert w.soup(page).select_one("[name=agreed]").get_text().strip() == "Much on spread."
    DeliberationRound.objects.update(state="session", revision=1)
    assert send(world, "note/", fay, now, **said).status_code == 302
    assert w.text_of(w.get(r.room_url(world), at=now), "#note dl") == (
        "Agreed Much on spread. Nearer to each other Nothing noted Still different Harm."
    )


def test_a_note_without_a_word_is_refused(talks):
    world, _one, now, fay = talks
    DeliberationRound.objects.update(state="session", revision=1)
    page = w.post(desk_url(world, "note/"), by=fay, at=now, confirmed="yes")
    assert (page.status_code, errors(page)) == (422, ["Write at least one part of the note"])


def test_minutes_and_note_of_a_round_are_written_after_the_next_was_convened(talks):
    world, one, _now, fay = talks
    session = planned(talks)
    now = t.answered_again(world, {})
    assert t.talks_of(world).number == 2
    assert send(world, "sessions/1/minutes/", fay, now, minutes="All spoke.", people_C="4").status_code == 302
    assert session.attendance.get(group__code="C").people == 4
    assert send(world, "note/", fay, now, agreed="Much on spread.").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.agreed) == ("ended", "Much on spread.")


@pytest.mark.parametrize("act", ACTS)
def test_whoever_signed_in_long_ago_is_asked_again(talks, act):
    world, _one, now, fay = talks
    person = fay if ACTS[act] == Role.FACILITATOR else world.staff(Role.SECRETARIAT)
    browser = w.visitor(person, at=now)
    page = w.get(desk_url(world, act), by=browser, at=now + make.DAY / 24)
    assert (page.status_code, page["Location"].startswith("/sign-in/again/")) == (302, True)


def test_the_overview_says_of_each_session_whether_minutes_are_wanted(talks):
    world, _one, now, fay = talks
    session = planned(talks)

    def said(at):
        page = w.get(desk_url(world, ""), by=w.visitor(fay, at=at), at=at)
        return w.text_of(page, "dl.summary > div:last-child dd").rpartition(")")[2].strip()

    assert (said(now), said(session.starts_at)) == ("Still to come.", "Minutes are to be written.")
    assert send(world, "sessions/1/minutes/", fay, session.starts_at, minutes="All spoke.", people_C="4")
    assert said(session.starts_at) == "Minutes are published."
