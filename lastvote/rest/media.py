"""What the API reads and writes: JSON, strictly, and nothing else."""

from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from lastvote.errors import Refused
from lastvote.rest.canonical import canonical_json
from lastvote.rest.problems import body_too_large
from lastvote.rest.strict_json import read_object


class StrictJSONParser(BaseParser):
    """Read one object of at most as many bytes as any other request of the site may have."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], *_context: Any) -> dict[str, Any]:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body: bytes = stream.read(most + 1)
        if len(body) > most:
            raise body_too_large()
        return read_object(body)


class CanonicalJSONRenderer(BaseRenderer):
    """Write RFC 8785."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_context: Any) -> bytes:
        return b"" if data is None else canonical_json(data)


def nothing_sent() -> Refused:
    """Return the refusal of a request that needs a body and has none."""
    return Refused("malformed_json", _("The body is empty. Send one JSON object."), status=400)
