"""What people say in talks: who may, when, once, and what is refused."""

import datetime as dt
from dataclasses import replace

import pytest

from assessments.models import EvidenceItem
from deliberation.actions import cases, facilitating
from deliberation.actions.statements import Reason, Response, make_statement, reply
from deliberation.models import Reply, Statement
from deliberation.room.reads import reasons_of
from deliberation.room.reasons import Wanted, rows_of
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders import actions as people
from tests import factories as make
from tests.deliberation import talks_world as t

pytestmark = pytest.mark.django_db
REASON = Reason(item="I", difference="burden", words="We are the ones who lose the flat.", would_change="A refund.")


@pytest.fixture
def talks():
    world, now = t.judged(t.SPLIT)
    return world, t.talks_of(world), now


def refusal(act, **wanted):
    with pytest.raises(Refused) as refused:
        act(**wanted)
    return refused.value.status, refused.value.code


def state(one, by, now, reason=REASON, key="k"):
    return make_statement(one=one, by=by, reason=reason, key=key, now=now)


def test_a_statement_is_the_groups_and_names_nobody(talks):
    world, one, now = talks
    said = state(one, world.town.members["C"][0], now)
    assert (said.group.code, said.item, said.words, said.shows_name) == ("C", "I", REASON.words, False)
    event = AuditEvent.objects.get(kind="case.stated")
    assert (event.actor_id, event.facts["group"], event.facts["item"]) == (None, "C", "I")


def test_the_same_form_twice_makes_one_statement_and_another_one_is_refused(talks):
    world, one, now = talks
    member = world.town.members["C"][0]
    assert state(one, member, now).pk == state(one, member, now).pk
    assert refusal(state, one=one, by=member, now=now, key="other") == (409, "already_stated")
    assert state(one, member, now, replace(REASON, item="E"), key="third").item == "E"
    assert Statement.objects.count() == 2


def test_others_take_no_part(talks):
    world, one, now = talks
    assert refusal(state, one=one, by=world.staff(Role.SECRETARIAT), now=now) == (404, "not_on_roll")


def test_statements_end_with_their_clock_even_if_nobody_has_written_that_down(talks):
    world, one, _now = talks
    late = one.follow_up.opens_at + dt.timedelta(seconds=1)
    assert refusal(state, one=one, by=world.town.members["C"][0], now=late) == (409, "talks_closed")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"item": "Q"}, "unknown_item", "item"),
        ({"difference": "mood"}, "unknown_option", "difference"),
        ({"words": "a\u202eb"}, "hidden_characters", "words"),
        ({"words": "  "}, "blank", "words"),
        ({"words": "a" * 1501}, "max_length", "words"),
        ({"words": "a\x00"}, "null_characters", "words"),
        ({"would_change": "a" * 1501}, "max_length", "would_change"),
    ],
)
def test_what_is_no_reason_is_refused_at_its_field(talks, change, code, field):
    world, one, now = talks
    with pytest.raises(Refused) as refused:
        state(one, world.town.members["C"][0], now, replace(REASON, **change))
    assert (refused.value.code, list(refused.value.fields)) == (code, [field])


def test_evidence_must_be_of_this_case_and_public(talks):
    world, one, now = talks
    member = world.town.members["C"][0]
    other = make.make_incident(world.town, title="Another").evidence.get()
    assert refusal(state, one=one, by=member, now=now, reason=replace(REASON, evidence=[other])) == (
        422, "unknown_evidence",
    )  # fmt: skip
    own = world.assessment.incident.evidence.get()
    too_many = replace(REASON, evidence=[own] * 11)
    assert refusal(state, one=one, by=member, now=now, reason=too_many) == (422, "too_many")
    assert list(state(one, member, now, replace(REASON, evidence=[own])).evidence.all()) == [own]
    EvidenceItem.objects.filter(pk=own.pk).update(visibility="restricted", visibility_reason="Names a tenant.")
    own.refresh_from_db()
    hidden = replace(REASON, item="E", evidence=[own])
    assert refusal(state, one=one, by=member, now=now, reason=hidden, key="l") == (422, "unknown_evidence")


def test_replies_adopt_bring_evidence_or_read_it_differently(talks):
    world, one, now = talks
    said = state(one, world.town.members["C"][0], now)
    other, own = world.town.members["F"][0], world.town.members["C"][0]

    def say(kind, words="", key="r", by=other, evidence=()):
        return reply(statement=said, by=by, response=Response(kind, words, evidence), key=key, now=now)

    assert say("adopt").group.code == "F"
    assert refusal(say, kind="adopt", key="s") == (409, "already_adopted")
    assert refusal(say, kind="adopt", by=own) == (409, "own_reason")
    assert refusal(say, kind="like") == (422, "unknown_option")
    assert refusal(say, kind="different") == (422, "blank")
    assert refusal(say, kind="evidence", words="Look") == (422, "evidence_needed")
    assert say("different", "It was two flats.", key="t").words == "It was two flats."
    assert refusal(say, kind="different", words="x", by=world.staff(Role.CHAIR)) == (404, "not_on_roll")
    assert Reply.objects.count() == 2


def test_replies_end_when_the_answers_close(talks):
    world, one, now = talks
    said = state(one, world.town.members["C"][0], now)
    response = Response("different", "Late.")
    late = one.follow_up.closes_at
    other = world.town.members["F"][0]
    assert refusal(reply, statement=said, by=other, response=response, key="r", now=late) == (409, "talks_closed")
    assert reply(statement=said, by=other, response=response, key="r", now=late - make.DAY).kind == "different"


def test_erasing_a_person_takes_their_words_and_leaves_that_their_group_spoke(talks):
    world, one, now = talks
    member, other = world.town.members["C"][0], world.town.members["F"][0]
    said = state(one, member, now, replace(REASON, shows_name=True))
    reply(statement=said, by=other, response=Response("different", "No."), key="r", now=now)
    for person in (member, other):
        people.erase_person(person=person, by=None, now=now)
    said.refresh_from_db()
    assert (said.person, said.words, said.would_change, said.shows_name, said.group.code) == (None, "", "", False, "C")
    assert Reply.objects.get().words == ""


class TestFacilitating:
    @pytest.fixture
    def facilitator(self, talks):
        world, _one, _now = talks
        person = people.add_person(
            jurisdiction=world.town.jurisdiction, name="Fay", email="fay@testville.example", now=make.NOW
        )
        people.grant_role(
            person=person, role=Role.FACILITATOR, valid_from=make.START, now=make.NOW,
            proposed_by=world.staff(Role.SECRETARIAT), confirmed_by=world.staff(Role.CHAIR),
        )  # fmt: skip
        return person

    def test_duplicates_are_joined_with_their_authors_consent(self, talks, facilitator):
        world, one, now = talks
        first, second = (state(one, person, now) for person in world.town.members["C"][:2])
        asked = facilitating.propose_join(statement=second, to=first, by=facilitator, now=now)
        assert asked.joined_to is None
        author = world.town.members["C"][1]
        assert refusal(facilitating.answer_join, statement=second, agree=True, by=facilitator, now=now) == (
            403, "not_author",
        )  # fmt: skip
        assert facilitating.answer_join(statement=second, agree=True, by=author, now=now).joined_to == first
        assert refusal(facilitating.answer_join, statement=second, agree=True, by=author, now=now) == (
            409, "nothing_to_join",
        )  # fmt: skip

    def test_no_chain_comes_about_of_two_proposals_that_both_authors_accept(self, talks, facilitator):
        world, one, now = talks
        authors = world.town.members["C"][:3]
        said = [state(one, person, now) for person in authors]

        def ask(index, to):
            facilitating.propose_join(statement=said[index], to=said[to], by=facilitator, now=now)

        def agree(index):
            return {"statement": said[index], "agree": True, "by": authors[index], "now": now}

        ask(0, to=1)
        ask(1, to=0)
        ask(2, to=0)
        facilitating.answer_join(**agree(0))
        for index in (1, 2):
            assert refusal(facilitating.answer_join, **agree(index)) == (409, "cannot_join")
        left = facilitating.answer_join(**agree(2) | {"agree": False})
        assert (left.joined_to, left.join_proposed_to) == (None, None)
        shown = rows_of(reasons_of(one), Wanted(), "v")
        assert {row.pk for first, others in shown for row in (first, *others)} == {row.pk for row in said}

    def test_statements_on_different_things_are_not_joined(self, talks, facilitator):
        world, one, now = talks
        member = world.town.members["C"][0]
        first, second = state(one, member, now), state(one, member, now, replace(REASON, item="E"), key="b")
        act = {"statement": second, "to": first, "by": facilitator, "now": now}
        assert refusal(facilitating.propose_join, **act) == (409, "cannot_join")

    def test_only_facilitators_do_this(self, talks):
        world, one, now = talks
        said = state(one, world.town.members["C"][0], now)
        for role in (Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR):
            act = {"statement": said, "by": world.staff(role), "now": now}
            assert refusal(facilitating.move_on, **act) == (403, "not_allowed")

    def test_a_facilitator_of_another_town_is_nobody_here(self, talks):
        world, one, now = talks
        said = state(one, world.town.members["C"][0], now)
        other = make.make_town(slug="elsewhere", code="EW", size=0)
        act = {"statement": said, "by": other.staff[Role.CHAIR], "now": now}
        assert refusal(facilitating.move_on, **act) == (403, "not_allowed")

    def test_a_point_is_moved_on_from_once(self, talks, facilitator):
        world, one, now = talks
        said = state(one, world.town.members["C"][0], now)
        first = facilitating.move_on(statement=said, by=facilitator, now=now)
        again = facilitating.move_on(statement=said, by=facilitator, now=now + make.DAY)
        assert (first.moved_on_at, again.moved_on_at) == (now, now)

    def test_the_last_word_comes_once_and_after_the_statements(self, talks, facilitator):
        _world, one, now = talks
        said = facilitating.Note(agreed=" Spread. ", still_differ="Harm.")
        note = {"one": one, "note": said, "by": facilitator}
        assert refusal(facilitating.write_close_note, **note, now=now) == (409, "too_early")
        later = now + dt.timedelta(days=8)
        cases.advance_due_cases(later)
        empty = {**note, "note": facilitating.Note(agreed="  ")}
        assert refusal(facilitating.write_close_note, **empty, now=later) == (422, "reason_required")
        noted = facilitating.write_close_note(**note, now=later)
        assert (noted.agreed, noted.narrowed, noted.still_differ, noted.close_note) == ("Spread.", "", "Harm.", "")
        assert refusal(facilitating.write_close_note, **note, now=later) == (409, "already_noted")
