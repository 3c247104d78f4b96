"""Routes: composition only."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "lastvote.web.errors.unreadable"
handler404 = "lastvote.web.errors.not_found"
handler500 = "lastvote.web.errors.fault"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lastvote.web.urls")),
    path("", include("lastvote.jobs.urls")),
    path("api/", include("lastvote.api")),
    path("", include("stakeholders.urls")),
    path("", include("assessments.urls")),
    path("", include("deliberation.urls")),
]
