"""The largest room: seven groups, seven kinds of risk and five hundred reasons ask no more than a small one."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.scoring.schemes import SCHEMES
from assessments.states import SchemeName
from deliberation.models import Reply, Statement
from tests.deliberation import room_world as r
from tests.deliberation import talks_world as t
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
LARGEST = 500
MOST_QUERIES = {"": 22, "talks.json": 16, "reasons.json": 9}
"""Questions of the page and of its files."""
MOST_SECONDS = 1.0
GRAVE = dict.fromkeys(SCHEMES[SchemeName.TAXONOMY].factors, "0.9")
HARM = (7000, 500, 500, 500, 500, 500, 500)
MISUSE = (500, 7000, 500, 500, 500, 500, 500)


def filled(one, world, now, number):
    """Spread reasons over groups and items, each with a reply."""
    members = list(world.town.members.items())
    codes = list(GRAVE)
    said = Statement.objects.bulk_create(
        Statement(
            round=one, group=world.town.groups[members[place % 7][0]], person=members[place % 7][1][0],
            item=codes[place % len(codes)], difference="values", words=f"Reason {place}. " * 90, stated_at=now,
        )
        for place in range(number)
    )  # fmt: skip
    Reply.objects.bulk_create(
        Reply(statement=one_said, group=one_said.group, person=None, kind="different", words="", replied_at=now)
        for one_said in said
    )


def asked(url, now):
    w.get(url, at=now)
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        assert w.get(url, at=now).status_code == 200
        took = time.perf_counter() - began
    return len(queries), took


def test_five_hundred_reasons_ask_no_more_than_ten():
    leanings = dict.fromkeys("ABCDE", HARM) | dict.fromkeys("FG", MISUSE)
    world, now = t.judged(leanings, scheme=SchemeName.TAXONOMY, values=GRAVE)
    one, room = t.talks_of(world), r.room_url(world)
    filled(one, world, now, 10)
    few = {name: asked(f"{room}{name}", now)[0] for name in MOST_QUERIES}
    filled(one, world, now, LARGEST - 10)
    for name, most in MOST_QUERIES.items():
        many, took = asked(f"{room}{name}", now)
        assert few[name] == many <= most
        assert took < MOST_SECONDS, f"{name}: {took:.2f} s"
