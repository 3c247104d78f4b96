"""The site's own pages and the one that they are compared with."""

from django.urls import include, path

from bench import bare

urlpatterns = [path("bench/bare/", bare.insert), path("", include("lastvote.urls"))]
