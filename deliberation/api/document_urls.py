"""The address of the document. Mounted below ``/api/v1/``."""

from django.urls import path

from deliberation.api.document import Document

urlpatterns = [
    path("openapi.json", Document.as_view(), name="api_document"),
]
