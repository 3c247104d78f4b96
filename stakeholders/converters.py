"""The first segment of a jurisdiction's pages in URLs, as ``<jurisdiction:slug>``; importing this makes it known."""

from django.urls import register_converter

from stakeholders.states import RESERVED_SLUGS


class JurisdictionSlug:
    """Match what can be a jurisdiction's address, and never one of the site's own first segments."""

    regex = "[a-z][a-z0-9-]{3,39}"

    def to_python(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(JurisdictionSlug, "jurisdiction")
