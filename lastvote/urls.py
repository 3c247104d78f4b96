"""Routes: composition only."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "lastvote.web.errors.unreadable"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lastvote.web.urls")),
    path("", include("lastvote.jobs.urls")),
    path("", include("stakeholders.urls")),
    path("", include("assessments.urls")),
    path("", include("deliberation.urls")),
]
