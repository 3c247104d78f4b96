"""Words that come when a round takes none any more: kept for their author, and taken late if they ask for it."""

import datetime as dt

import pytest

from deliberation.actions.erasure import erase_words
from deliberation.actions.late_words import ask_to_take, keep_late_words, take_late_words
from deliberation.models import LateWords, Statement
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from tests import factories as make
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
SAID = {
    "item": "I", "difference": "burden", "words": "We lose the flat.", "would_change": "A refund.", "signed": "name",
    "key": "k1",
}  # fmt: skip
TWENTY_HOURS = dt.timedelta(hours=20)


def build():
    world, one, _now = r.in_talks()
    return world, one, one.follow_up.opens_at + dt.timedelta(seconds=1), r.facilitator_of(world)


built = kept(build)


@pytest.fixture
def late(built):
    return copied(built)


def urls(world):
    room = r.room_url(world)
    desk = r.desk_url(world)
    return f"{room}reasons/new/", f"{room}reasons/late/", desk


def version_on(page) -> str:
    """Return what the form says about which words were read."""
    return w.soup(page).select_one("main form [name=version]")["value"]


def accept(url, by, now):
    """Read late words and accept them."""
    return w.post(url, by=by, at=now, version=version_on(w.get(url, by=by, at=now)))


def refusal(act, **wanted):
    with pytest.raises(Refused) as refused:
        act(**wanted)
    return refused.value.status, refused.value.code


def test_words_typed_before_the_close_and_sent_twenty_hours_after_it_are_kept_and_said_to_be(late):
    world, one, now, _fay = late
    new, own, _desk = urls(world)
    member, row = world.town.members["C"][0], r.evidence_of(world)
    browser = w.visitor(member, at=one.convened_at)
    assert w.get(new, by=browser, at=one.convened_at).status_code == 200
    page = w.post(new, by=w.visitor(member, at=now + TWENTY_HOURS), at=now + TWENTY_HOURS, **SAID, evidence=row.number)
    assert page.status_code == 409
    assert w.text_of(page, ".error-summary li") == (
        "This round closed at 5pm on Monday 29 June 2026 (Lisbon time). "
        "We saved your words; ask the committee to accept them late."
    )
    assert w.soup(page).select_one("[name=words]").get_text().strip() == SAID["words"]
    days_later = now + 3 * make.DAY
    shown = w.text_of(w.get(own, by=w.visitor(member, at=days_later), at=days_later))
    assert all(words in shown for words in ("Harm done", SAID["words"], SAID["would_change"]))
    assert (list(LateWords.objects.get().evidence.all()), Statement.objects.count()) == ([row], 0)


def test_the_evidence_that_late_words_rest_on_is_shown_to_their_author_and_to_who_accepts_them(late):
    world, _one, now, fay = late
    new, own, desk = urls(world)
    member, row = world.town.members["C"][0], r.evidence_of(world)
    w.post(new, by=member, at=now, **SAID, evidence=row.number)
    w.post(own, by=member, at=now, item="I")
    cited = f"Rests on evidence: {row.number}. {row.statement}"
    assert cited in w.text_of(w.get(own, by=member, at=now))
    page = w.get(f"{desk}late/{LateWords.objects.get().token}/", by=fay, at=now)
    assert cited in w.text_of(page)
    assert f"{world.case_url}#evidence-{row.number}" in [link["href"] for link in w.soup(page).select("main a")]


def test_nobody_else_reads_them_before_their_author_asks(late):
    world, one, now, fay = late
    new, own, desk = urls(world)
    w.post(new, by=world.town.members["C"][0], at=now, **SAID)
    token = LateWords.objects.get().token
    for person, url in ((world.town.members["C"][1], own), (fay, f"{desk}reasons/"), (fay, r.room_url(world))):
        assert SAID["words"] not in w.text_of(w.get(url, by=person, at=now))
    assert w.get(f"{desk}late/{token}/", by=fay, at=now).status_code == 404
    assert w.get(own, by=fay, at=now).status_code == 404
    assert refusal(take_late_words, late=LateWords.objects.get(), read=now.isoformat(), by=fay, now=now) == (
        404,
        "not_asked",
    )
    assert one.statements.count() == 0


def test_what_the_author_asks_for_is_read_and_taken_by_the_facilitator(late):
    world, one, now, fay = late
    new, own, desk = urls(world)
    member = world.town.members["C"][0]
    w.post(new, by=member, at=now, **SAID)
    asked = w.post(own, by=member, at=now, item="I")
    assert (asked.status_code, asked["Location"]) == (302, own)
    assert "You have asked to have this accepted late." in w.text_of(w.get(own, by=member, at=now))
    waits = w.soup(w.get(f"/{world.town.jurisdiction.slug}/you/", by=fay, at=now)).select("main a")
    assert f"{desk}reasons/" in [link["href"] for link in waits]
    listed = w.soup(w.get(f"{desk}reasons/", by=fay, at=now)).select_one("main .listing a")
    assert SAID["words"] in w.text_of(w.get(listed["href"], by=fay, at=now))
    done = accept(listed["href"], fay, now)
    said = Statement.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"{r.room_url(world)}reasons/{said.token}/")
    assert (said.words, said.person, said.group.code, said.shows_name, said.stated_at) == (
        SAID["words"], member, "C", True, now,
    )  # fmt: skip
    assert (LateWords.objects.count(), AuditEvent.objects.filter(kind="case.late_words_taken").count()) == (0, 1)
    assert one.statements.get() == said


def test_a_second_reason_on_the_same_thing_is_not_taken(late):
    world, one, now, fay = late
    new, own, desk = urls(world)
    member = world.town.members["C"][0]
    r.say(one, member, one.convened_at)
    w.post(new, by=member, at=now, **SAID)
    w.post(own, by=member, at=now, item="I")
    page = w.post(f"{desk}late/{LateWords.objects.get().token}/", by=fay, at=now, version=now.isoformat())
    assert (page.status_code, w.text_of(page, ".error-summary p")) == (
        409, "You have given your reason on this already.",
    )  # fmt: skip


def test_words_that_their_author_has_changed_since_they_were_read_are_shown_again_and_not_published(late):
    world, one, now, fay = late
    new, own, desk = urls(world)
    member, later = world.town.members["C"][0], now + dt.timedelta(minutes=1)
    w.post(new, by=member, at=now, **SAID)
    w.post(own, by=member, at=now, item="I")
    url = f"{desk}late/{LateWords.objects.get().token}/"
    read = w.get(url, by=fay, at=now)
    w.post(new, by=member, at=later, **SAID | {"words": "We lose the house.", "key": "k2"})
    w.post(own, by=member, at=later, item="I")
    page = w.post(url, by=fay, at=later, version=version_on(read))
    assert (page.status_code, w.text_of(page, ".error-summary p"), one.statements.count()) == (
        409, "The author has changed these words since you read them. Read them as they are now.", 0,
    )  # fmt: skip
    assert "We lose the house." in w.text_of(page)
    assert w.post(url, by=fay, at=later).status_code == 409
    assert w.post(url, by=fay, at=later, version=version_on(page)).status_code == 302
    assert one.statements.get().words == "We lose the house."


def test_newer_words_take_the_place_of_older_ones_and_have_to_be_asked_for_anew(late):
    world, _one, now, _fay = late
    new, own, _desk = urls(world)
    member = world.town.members["C"][0]
    w.post(new, by=member, at=now, **SAID)
    w.post(own, by=member, at=now, item="I")
    w.post(new, by=member, at=now, **SAID | {"words": "We lose the house.", "key": "k2"})
    row = LateWords.objects.get()
    assert (row.words, row.asked_at) == ("We lose the house.", None)


def test_after_the_round_nothing_is_taken_and_the_page_says_so(late):
    world, one, now, fay = late
    new, own, _desk = urls(world)
    member = world.town.members["C"][0]
    w.post(new, by=member, at=now, **SAID)
    ended = t.answered_again(world, {})
    row = LateWords.objects.select_related("round__case__assessment__incident__jurisdiction").get()
    assert refusal(ask_to_take, late=row, by=member, now=ended) == (409, "talks_closed")
    LateWords.objects.update(asked_at=now)
    assert refusal(take_late_words, late=row, read=now.isoformat(), by=fay, now=ended) == (409, "talks_closed")
    LateWords.objects.update(asked_at=None)
    assert "The round has ended" in w.text_of(w.get(own, by=member, at=ended))
    again = w.post(f"{r.named_url(world)}reasons/new/", by=member, at=ended, **SAID | {"key": "k3"})
    assert (again.status_code, w.text_of(again, ".error-summary li")) == (
        409,
        (
            "This round closed at 5pm on Monday 29 June 2026 (Lisbon time), and its talks have ended. "
            "Nobody can accept your words late. We saved them."
        ),
    )
    assert w.soup(again).select_one("[name=words]").get_text().strip() == SAID["words"]
    assert w.text_of(again, "main .actions a") == "See your saved words"
    assert one.statements.count() == 0


def test_who_may_keep_ask_and_take(late):
    world, one, now, fay = late
    member, other = world.town.members["C"][:2]
    reason = {"one": one, "reason": r.BURDEN}
    assert refusal(keep_late_words, **reason, by=fay, now=now) == (404, "not_on_roll")
    assert refusal(keep_late_words, **reason, by=member, now=one.convened_at) == (409, "not_late")
    row = keep_late_words(**reason, by=member, now=now)
    assert refusal(ask_to_take, late=row, by=other, now=now) == (404, "not_author")
    ask_to_take(late=row, by=member, now=now)
    assert ask_to_take(late=row, by=member, now=now + make.DAY).asked_at == now
    assert refusal(take_late_words, late=row, read=now.isoformat(), by=member, now=now) == (403, "not_allowed")


def test_what_is_not_there_cannot_be_asked_for(late):
    world, _one, now, _fay = late
    _new, own, _desk = urls(world)
    member = world.town.members["C"][0]
    assert w.post(own, by=member, at=now, item="I").status_code == 404
    assert "No words of yours came too late." in w.text_of(w.get(own, by=member, at=now))


def test_erasing_a_person_takes_them_along(late):
    world, one, now, _fay = late
    keep_late_words(one=one, by=world.town.members["C"][0], reason=r.BURDEN, now=now)
    erase_words(person=world.town.members["C"][0], by=None, now=now)
    assert LateWords.objects.count() == 0
