"""The same race at the front door: one check page, sent two hundred times at once to a running site."""

import os
from collections import Counter

import pytest

from assessments.models import Submission
from tests.jobs import live
from tests.proofs.sites import Site, check_sums, open_now, ready, settled
from tests.proofs.together import together

REQUESTS = 200
ROUNDS = int(os.environ.get("PARALLEL_ROUNDS", "3"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.end()


def test_one_form_sent_many_times_is_accepted_once(site):
    stage = open_now((5, 5, 5))
    site.serve()
    visitors = ready(stage, site, stage.people[: min(ROUNDS, len(stage.people))])
    for turn in range(ROUNDS):
        visitor = visitors[turn % len(visitors)]
        if turn >= len(visitors):  # the same person again, from a new check page: a change
            visitor.fill_in(I=str(turn), E="1", R="1", X="1")
            visitor.open()
        before = Submission.objects.count()
        outcomes = together([visitor.send] * REQUESTS)
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        assert Counter(outcome.status for outcome in outcomes) == Counter({302: REQUESTS})
        newest = Submission.objects.select_related("detail").order_by("-pk").first()
        assert {outcome.location for outcome in outcomes} == {f"{visitor.base}sent/{newest.detail.receipt}/"}
        assert Submission.objects.count() == before + 1
    live.wait_until(lambda: settled(stage))
    assert check_sums(stage) == len(visitors)
