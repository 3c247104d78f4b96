"""Access tokens: made once and shown once, found by their hash, bound to person, use, case and time."""

import datetime as dt

import pytest
from django.db import connection

from lastvote.access import Permission, TokenScope
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders.access_tokens import digest_of, make_token, note_use, revoke_token, token_of
from stakeholders.actions import erase_person
from stakeholders.models import AccessToken
from tests.stakeholders.makers import NOW

ANSWER = frozenset({TokenScope.ANSWER})


def make(person, name="My laptop", *, scopes=ANSWER, days=30, now=NOW, case=""):
    return make_token(person=person, name=name, scopes=scopes, case_reference=case, days=days, now=now)


def refused(*arguments, **more):
    before = (AccessToken.objects.count(), AuditEvent.objects.count())
    with pytest.raises(Refused) as refusal:
        make(*arguments, **more)
    assert (AccessToken.objects.count(), AuditEvent.objects.count()) == before
    return refusal.value.code, refusal.value.status


def test_the_text_is_kept_nowhere(town):
    token, secret = make(town.ana)
    assert (secret[:3], len(secret)) == ("lv_", 35)
    assert token_of(secret) == token
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM stakeholders_accesstoken")
        assert secret[3:] not in str(cursor.fetchall())
    assert token.digest == digest_of(secret)
    assert make(town.ana, "Another")[1] != secret


def test_making_and_taking_back_are_recorded_without_the_name(town):
    token, _secret = make(town.ana, "zqname", scopes=frozenset(TokenScope), case="NB-2027-0001")
    revoke_token(token=token, now=NOW)
    revoke_token(token=token, now=NOW + dt.timedelta(days=1))
    events = AuditEvent.objects.filter(kind__startswith="token.").order_by("pk")
    assert [(event.kind, event.subject_id, event.actor_id) for event in events] == [
        ("token.made", town.ana.pk, town.ana.pk), ("token.revoked", town.ana.pk, town.ana.pk),
    ]  # fmt: skip
    assert events[0].facts == {
        "scopes": ["answer", "casework"], "case": "NB-2027-0001", "expires_at": "2027-07-01T09:00:00+00:00",
    }  # fmt: skip
    assert "zqname" not in str(list(events.values()))
    token.refresh_from_db()
    assert token.revoked_at == NOW


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"name": " \u200b"}, ("blank", 422)),
        ({"name": "x" * 81}, ("max_length", 422)),
        ({"scopes": frozenset()}, ("scope_required", 422)),
        ({"days": 0}, ("out_of_range", 422)),
        ({"days": 366}, ("out_of_range", 422)),
    ],
)
def test_what_cannot_be_made(town, told, answer):
    assert refused(town.ana, **told) == answer


def test_a_name_is_taken_until_its_token_is_taken_back(town):
    token, _secret = make(town.ana)
    assert refused(town.ana) == ("name_taken", 409)
    make(town.bea)
    revoke_token(token=token, now=NOW)
    assert make(town.ana)[0].name == "My laptop"


def test_twenty_are_enough(town):
    for number in range(20):
        make(town.ana, f"Program {number}", days=1)
    assert refused(town.ana) == ("too_many_tokens", 409)
    assert make(town.ana, now=NOW + dt.timedelta(days=2))[0].name == "My laptop"


def test_the_last_day_of_use_is_kept(town, django_assert_num_queries):
    token, secret = make(town.ana)
    note_use(token, NOW.date())
    with django_assert_num_queries(0):
        note_use(AccessToken(pk=token.pk, last_used_on=NOW.date()), NOW.date())
    assert token_of(secret).last_used_on == NOW.date()


def test_erasing_a_person_erases_their_tokens(town):
    _token, secret = make(town.ana)
    erase_person(person=town.ana, by=None, now=NOW)
    assert token_of(secret) is None


def test_no_use_of_a_token_binds_others():
    from lastvote.access import TOKEN_PERMISSIONS

    binding = {
        Permission.CONFIRM_ROUND, Permission.PROPOSE_ROUND, Permission.EXTEND_ROUND, Permission.RATE,
        Permission.SIGN_OFF_RATING, Permission.ADOPT_POSITION, Permission.PROPOSE_POLICY, Permission.CONFIRM_POLICY,
        Permission.GRANT_ROLE,
    }  # fmt: skip
    assert frozenset().union(*TOKEN_PERMISSIONS.values()) & binding == frozenset()
    assert set(TOKEN_PERMISSIONS) == set(TokenScope)
