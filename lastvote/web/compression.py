"""Style sheets and scripts travel compressed. Pages do not: they hold secrets, and length would tell about them."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

SAME_FOR_ALL = {"text/css", "text/javascript", "image/svg+xml"}


class CompressFilesMiddleware(GZipMiddleware):
    """Compress what is the same for everybody."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave pages, data and fonts as they are."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        return super().process_response(request, response) if kind in SAME_FOR_ALL else response
