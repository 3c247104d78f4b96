"""Addresses at the desk of those who organise and lead talks.

They name the assessment, the round and, for minutes, the session: what is still to be written of earlier talks stays
within reach once the next round is convened or the case is rated again. The two without numbers stand in old messages.
"""

from django.urls import path

from deliberation.views import desk_talks, desk_talks_reasons, desk_talks_time

NEWEST = "cases/<slug:ref>/talks/"
TALKS = "cases/<slug:ref>/assessments/<int:assessment>/talks/<int:number>/"

urlpatterns = [
    path(NEWEST, desk_talks.newest, name="desk_talks_newest"),
    path(f"{NEWEST}reasons/", desk_talks.newest, {"page": "desk_talks_reasons"}, name="desk_talks_newest_reasons"),
    path(TALKS, desk_talks.overview, name="desk_talks"),
    path(f"{TALKS}session/", desk_talks.plan, name="desk_talks_session"),
    path(f"{TALKS}sessions/<int:session>/change/", desk_talks.change, name="desk_talks_session_change"),
    path(f"{TALKS}sessions/<int:session>/minutes/", desk_talks.minutes, name="desk_talks_minutes"),
    path(f"{TALKS}note/", desk_talks.note, name="desk_talks_note"),
    path(f"{TALKS}more-days/", desk_talks_time.more_days, name="desk_talks_more_days"),
    path(f"{TALKS}pause/", desk_talks_time.pause, name="desk_talks_pause"),
    path(f"{TALKS}pause/end/", desk_talks_time.end_of_pause, name="desk_talks_pause_end"),
    path(f"{TALKS}reasons/", desk_talks_reasons.reasons, name="desk_talks_reasons"),
    path(f"{TALKS}reasons/<slug:token>/join/", desk_talks_reasons.join, name="desk_talks_join"),
    path(f"{TALKS}reasons/<slug:token>/dealt-with/", desk_talks_reasons.dealt_with, name="desk_talks_dealt_with"),
    path(f"{TALKS}late/<slug:token>/", desk_talks_reasons.late, name="desk_talks_late"),
    path("days-given-back/", desk_talks_time.outages, name="desk_outages"),
]
