"""What a browser does for somebody who is signed in: cookies, hidden fields, forms, and no patience without end."""

import html
import http.client
import re
import urllib.parse
from dataclasses import dataclass
from typing import Any

PATIENCE = 30.0
"""Seconds after which people stop waiting and try again."""
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


class NoAnswerError(Exception):
    """Nobody answered, or the line broke: whether the request arrived is anybody's guess."""


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    location: str
    body: str

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page, by name."""
        found = {}
        for tag in _INPUT.findall(self.body):
            attributes = dict(_ATTRIBUTE.findall(tag))
            if attributes.get("type") == "hidden" and "name" in attributes:
                found[attributes["name"]] = html.unescape(attributes.get("value", ""))
        return found


class Browser:
    """One person's browser, or a visitor's."""

    def __init__(self, port: int, session: str = "") -> None:
        self._port = port
        self._cookies = {"session": session} if session else {}
        self._token = ""

    def get(self, path: str) -> Page:
        """Open a page and keep its protection token."""
        page = self._request("GET", path, None)
        self._token = page.hidden.get("csrfmiddlewaretoken", self._token)
        return page

    def post(self, path: str, fields: dict[str, Any]) -> Page:
        """Send a form of the page that was opened last."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token, **fields}, doseq=True)
        return self._request("POST", path, body)

    @property
    def has_token(self) -> bool:
        """Whether some page was opened that a form can be sent from."""
        return bool(self._token)

    def _request(self, method: str, path: str, body: str | None) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            self._keep_cookies(response)
            return Page(response.status, response.getheader("Location", ""), response.read().decode())
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from error
        finally:
            connection.close()

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.split(";")[0].partition("=")
            if name == "csrf":
                self._cookies[name] = value
