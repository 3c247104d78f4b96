"""How far a case in talks has come, and what follows, on its page and in the list."""

import pytest

from assessments.actions import publication, rounds
from assessments.actions.answers import keep_answer
from deliberation.actions import cases
from deliberation.models import Case
from lastvote.access import Role
from lastvote.web.deadlines import told
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db


def stages(world, now, **wanted) -> list[str]:
    page = w.get(f"/{world.town.jurisdiction.slug}/cases/", at=now, **wanted)
    return [tag.get_text(strip=True) for tag in w.soup(page).select("main table .tag")]


def test_a_case_in_talks_says_so_and_until_when_reasons_are_taken():
    world, _one, now = r.in_talks()
    page = w.get(world.case_url, at=now)
    assert w.soup(page).select_one("main .tag").get_text(strip=True) == "Groups say why they differ"
    assert w.text_of(page, ".callout").startswith(
        "What happens next Groups give their reasons until then, and meet. People then keep or change their answers. "
        "5pm on Monday 29 June 2026 (Lisbon time) , 7 days left"
    )
    assert w.soup(page).select_one(".callout p a")["href"] == r.named_url(world)
    assert stages(world, now) == stages(world, now, stage="talks") == ["Groups say why they differ"]
    assert stages(world, now, stage="announced") == []


def test_while_people_answer_again_the_case_is_open_for_answers():
    world, one, _now = r.in_talks()
    opens = one.follow_up.opens_at + make.DAY
    rounds.open_due_rounds(opens)
    cases.advance_due_cases(opens)
    said = w.text_of(w.get(world.case_url, at=opens), ".callout")
    assert "People keep or change their answers. Then the groups are compared once more." in said
    assert stages(world, opens) == ["Open for answers"]


def closed_early():
    """Talks whose answers two people closed early, as everybody had answered, with sessions still to come."""
    world, one, before = r.in_talks()
    r.say(one, world.town.members["C"][0], before)
    now = one.follow_up.opens_at + make.DAY / 24
    rounds.open_due_rounds(now)
    cases.advance_due_cases(now)
    for person in (person for members in world.town.members.values() for person in members):
        keep_answer(weight_round=t.talks_of(world).follow_up, by=person, key="kept", now=now)
    by = world.staff(Role.SECRETARIAT)
    early = rounds.propose_early_close(weight_round=t.talks_of(world).follow_up, reason="All are in.", by=by, now=now)
    rounds.confirm_proposal(proposal=early, by=world.staff(Role.CHAIR), now=now)
    publication.count_and_publish(world.assessment.pk, now)
    cases.advance_due_cases(now)
    assert t.talks_of(world).follow_up.state == "published"
    return world, now


def test_after_an_early_close_the_groups_still_meet_and_the_desk_has_a_session_to_see_to():
    world, now = closed_early()
    said = w.text_of(w.get(world.case_url, at=now), ".callout")
    assert "People have answered again. The groups can still meet. Then they are compared once more." in said
    assert "5pm on Monday 6 July 2026" in said
    page = w.soup(w.get(f"/{world.town.jurisdiction.slug}/desk/", by=world.staff(Role.SECRETARIAT), at=now, mine="1"))
    row = page.select_one("main table tbody tr")
    assert "Hold the session and write its minutes" in row.get_text()
    assert row.a["href"] == world.case_url.replace("/cases/", "/desk/cases/") + "talks/"


def test_after_an_early_close_nobody_answers_a_reason_any_more():
    world, now = closed_early()
    one, by = t.talks_of(world), world.town.members["F"][0]
    url = f"{r.room_url(world)}reasons/{one.statements.get().token}/"
    assert w.soup(w.get(url, by=by, at=now)).select("main form") == []
    page = w.post(url, by=by, at=now, kind="different", words="I read it otherwise.")
    closed = told(now, world.town.jurisdiction.zone)
    assert page.status_code == 409
    assert f"This closed at {closed}. Your words are still below" in w.text_of(page, ".error-summary")
    assert one.statements.get().replies.count() == 0


def test_a_published_case_that_is_not_judged_yet_says_that_it_is_being_compared():
    world, now = t.judged(t.AGREED, values=t.LOW)
    Case.objects.update(state="weighing", outcome="", settled_at=None)
    assert "The published answers are being compared." in w.text_of(w.get(world.case_url, at=now), ".callout")
    page = w.get(f"/{world.town.jurisdiction.slug}/desk/", by=world.staff(Role.SECRETARIAT), at=now)
    assert "Compare the answers of the groups" in w.text_of(page, "main table tbody tr")


def test_the_desk_names_the_next_step_and_who_takes_it():
    world, _one, now = r.in_talks()
    page = w.get(f"/{world.town.jurisdiction.slug}/desk/", by=world.staff(Role.SECRETARIAT), at=now)
    row = w.text_of(page, "main table tbody tr")
    assert "Plan a session and see to the reasons" in row
    assert "The secretariat and the facilitator" in row


@pytest.mark.parametrize(
    ("leanings", "values", "words"),
    [
        (t.AGREED, t.LOW, "The groups do not differ much, so the committee takes up the score."),
        (t.SPLIT, t.LOW, "The groups still differ, but it does not matter. The committee takes it up."),
    ],
)
def test_without_the_default_the_outcome_is_said_and_there_is_no_record(leanings, values, words):
    world, now = t.judged(leanings, values=values)
    page = w.text_of(w.get(world.case_url, at=now))
    assert words in page
    assert "most protective view" not in page
    assert w.get(world.case_url + "protection.json", at=now).status_code == 404
