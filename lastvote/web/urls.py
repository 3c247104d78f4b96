"""Routes of the shared floor."""

from django.urls import path
from django.views.generic import TemplateView

from lastvote.web.gallery import gallery

urlpatterns = [
    path("help/", TemplateView.as_view(template_name="help.html"), name="help"),
    path("gallery/", gallery, name="gallery"),
]
