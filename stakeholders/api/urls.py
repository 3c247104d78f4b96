"""Addresses of the API about who asks."""

from django.urls import path

from stakeholders.api import views

urlpatterns = [
    path("me/", views.Me.as_view(), name="api_me"),
]
"""Mounted below ``/api/v1/<jurisdiction>/``."""
