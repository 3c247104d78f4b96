"""HEAD has the headers of GET and no body, in what the web server is handed."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory


def handed(method, path):
    """Return what the site hands to the web server: the headers, and every byte of the body."""
    told = {}

    def start(status, headers):
        told["status"], told["headers"] = status, dict(headers)

    environ = RequestFactory().generic(method, path).environ
    answer = get_wsgi_application()(environ, start)
    body = b"".join(answer)
    answer.close()
    return told["status"], told["headers"], body


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/", "/nowhere/", "/api/v1/openapi.json", "/api/v1/nowhere/cases/"])
def test_the_body_is_left_out_and_its_length_is_told(path):
    status, headers, body = handed("GET", path)
    assert len(body) == int(headers["Content-Length"]) > 0
    asked_status, asked_headers, nothing = handed("HEAD", path)
    assert (asked_status, asked_headers["Content-Length"], nothing) == (status, headers["Content-Length"], b"")
