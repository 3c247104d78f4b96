"""The API: composition only. Each app brings its own addresses; all of them lie inside a jurisdiction."""

from django.urls import URLPattern, URLResolver, include, path

import stakeholders.converters  # noqa: F401 -- makes <jurisdiction:slug> known

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("deliberation.api.document_urls")),
    path("v1/<jurisdiction:slug>/", include("stakeholders.api.urls")),
    path("v1/<jurisdiction:slug>/", include("deliberation.api.urls")),
    path("v1/<jurisdiction:slug>/", include("assessments.api.urls")),
]
