"""Words that came too late: facilitators hear that somebody asks to have them accepted, authors that they are."""

import datetime as dt

import pytest
from django.core import mail

from deliberation.actions import late_words
from deliberation.actions.cases import advance_due_cases
from deliberation.models import LateWords
from tests.deliberation import talks_world as t
from tests.deliberation.test_notices import REASON, build, due, told
from tests.keeping import copied, kept
from tests.telling import address, forget_owed

pytestmark = pytest.mark.django_db
built = kept(build)


@pytest.fixture
def late(built):
    """Words of a member that came after the statements had ended, kept for them alone."""
    found = copied(built)
    found.one = t.talks_of(found.world)
    found.now = due(found, "statements")
    advance_due_cases(found.now)
    found.one.refresh_from_db()
    found.author = found.world.town.members["C"][0]
    found.kept = late_words.keep_late_words(one=found.one, by=found.author, reason=REASON, now=found.now)
    forget_owed()
    return found


def test_nobody_hears_of_words_that_their_author_does_not_want_accepted(late):
    assert told(late, late.now) == {}


def test_facilitators_hear_once_that_somebody_asks_and_not_what_was_written(late):
    for _time in range(2):
        late_words.ask_to_take(late=late.kept, by=late.author, now=late.now)
    assert told(late, late.now) == {"Somebody asks you to accept late words": ["fay@testville.example"]}
    assert [one for one in ("Group C", "lose the flat") if one in mail.outbox[0].body] == []


def test_facilitators_hear_it_again_when_the_author_changes_the_words_and_asks_again(late):
    late_words.ask_to_take(late=late.kept, by=late.author, now=late.now)
    assert len(told(late, late.now)) == 1
    later = late.now + dt.timedelta(hours=1)
    again = late_words.keep_late_words(one=late.one, by=late.author, reason=REASON, now=later)
    late_words.ask_to_take(late=again, by=late.author, now=later)
    assert told(late, later) == {"Somebody asks you to accept late words": ["fay@testville.example"]}


def test_the_author_hears_that_they_are_accepted_and_nobody_else_is_asked_any_more(late):
    late_words.ask_to_take(late=late.kept, by=late.author, now=late.now)
    asked = LateWords.objects.select_related("round__case__assessment__incident__jurisdiction", "person")
    late_words.take_late_words(late=asked.get(), read=late_words.version_of(asked.get()), by=late.fay, now=late.now)
    assert told(late, late.now) == {"Your late words are published": [address(late.author)]}
