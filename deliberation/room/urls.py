"""Addresses of the room inside a case. ``/rounds/`` beside it are rounds of answers.

Talks are numbered within an assessment, so a link names both. An address without an assessment means the newest that
has such a round; a reason is found by its token, whichever assessment its talks belong to.
"""

from django.urls import path

from deliberation.views import talks, talks_ask, talks_join, talks_late, talks_reasons

TALKS = "cases/<slug:ref>/talks/<int:number>/"
NAMED = "cases/<slug:ref>/assessments/<int:assessment>/talks/<int:number>/"

urlpatterns = [
    path("cases/<slug:ref>/talks/ask/", talks_ask.ask, name="talks_ask"),
    path(TALKS, talks.talks, name="talks"),
    path(f"{TALKS}reasons/new/", talks_reasons.new, name="talks_reason_new"),
    path(f"{TALKS}reasons/late/", talks_late.late_words, name="talks_late_words"),
    path(f"{TALKS}reasons/<slug:token>/", talks_reasons.reason, name="talks_reason"),
    path(f"{TALKS}reasons/<slug:token>/join/", talks_join.join, name="talks_reason_join"),
    path(NAMED, talks.talks, name="assessment_talks"),
    path(f"{NAMED}reasons/new/", talks_reasons.new, name="assessment_talks_reason_new"),
    path(f"{NAMED}reasons/late/", talks_late.late_words, name="assessment_talks_late_words"),
]
