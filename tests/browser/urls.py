"""The site's own addresses, and a few behind which tests ask the server for things that no page does."""

from django.urls import include, path

from tests.browser import controls

urlpatterns = [
    path("_test/town/", controls.town),
    path("_test/sweep/", controls.sweep),
    path("_test/bare-town/", controls.bare_town),
    path("_test/session/", controls.session),
    path("_test/later/", controls.later),
    path("_test/mail/", controls.mail),
    path("_test/fail/<str:how>/", controls.fail),
    path("", include("lastvote.urls")),
]
