"""Pages ask the database the same number of questions, however many people, groups, cases and rows there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db
MOST = {
    "": 12, "score/": 12, "score/working/": 17, "rounds/1/": 10, "case.json": 12, "score/working.json": 6,
    "score/sensitivity.json": 10,
}  # fmt: skip
"""Questions that each page of a published case may ask."""


def asked(url):
    w.get(url, at=w.CLOSED)  # what a process keeps after the first page is not counted
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert w.get(url, at=w.CLOSED).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", MOST)
def test_a_bigger_case_in_a_busier_town_asks_no_more(page):
    small = w.published(make.make_town(size=5))
    big_town = make.make_town(slug="bigtown", code="BT", codes=tuple("ABCDEFG"), size=7)
    w.published(big_town)
    big = w.published(big_town)
    counts = [asked(world.case_url + page) for world in (small, big)]
    assert counts[0] == counts[1] <= MOST[page]
