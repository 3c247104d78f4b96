"""Signing in, the demo's people, and what people are told."""

from django.urls import path

import stakeholders.converters  # noqa: F401 -- makes <jurisdiction:slug> known
from stakeholders.views import demo, notices, sign_in, sign_in_again

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign_in_code"),
    path("sign-in/again/", sign_in_again.sign_in_again, name="sign_in_again"),
    path("sign-in/password/", sign_in_again.set_password, name="set_password"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("demo/", demo.demo, name="demo"),
    path("<jurisdiction:slug>/you/notifications/", notices.you_notifications, name="you_notifications"),
    path("<jurisdiction:slug>/you/notices/off/<str:signed>/", notices.notices_off, name="notices_off"),
]
