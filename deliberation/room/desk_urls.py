"""Addresses at the desk of those who organise and lead talks."""

from django.urls import path

from deliberation.views import desk_talks

TALKS = "cases/<slug:ref>/talks/"

urlpatterns = [
    path(TALKS, desk_talks.overview, name="desk_talks"),
    path(f"{TALKS}session/", desk_talks.plan, name="desk_talks_session"),
    path(f"{TALKS}minutes/", desk_talks.minutes, name="desk_talks_minutes"),
    path(f"{TALKS}note/", desk_talks.note, name="desk_talks_note"),
    path(f"{TALKS}more-days/", desk_talks.more_days, name="desk_talks_more_days"),
]
