"""Addresses at the desk of those who organise and lead talks."""

from django.urls import path

from deliberation.views import desk_talks, desk_talks_reasons, desk_talks_time

TALKS = "cases/<slug:ref>/talks/"

urlpatterns = [
    path(TALKS, desk_talks.overview, name="desk_talks"),
    path(f"{TALKS}session/", desk_talks.plan, name="desk_talks_session"),
    path(f"{TALKS}minutes/", desk_talks.minutes, name="desk_talks_minutes"),
    path(f"{TALKS}note/", desk_talks.note, name="desk_talks_note"),
    path(f"{TALKS}more-days/", desk_talks_time.more_days, name="desk_talks_more_days"),
    path(f"{TALKS}pause/", desk_talks_time.pause, name="desk_talks_pause"),
    path(f"{TALKS}reasons/", desk_talks_reasons.reasons, name="desk_talks_reasons"),
    path(f"{TALKS}reasons/<slug:token>/join/", desk_talks_reasons.join, name="desk_talks_join"),
    path(f"{TALKS}reasons/<slug:token>/dealt-with/", desk_talks_reasons.dealt_with, name="desk_talks_dealt_with"),
    path(f"{TALKS}late/<slug:token>/", desk_talks_reasons.late, name="desk_talks_late"),
    path("days-given-back/", desk_talks_time.outages, name="desk_outages"),
]
