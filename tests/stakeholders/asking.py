"""Signing in as people do it, through the pages."""

import re

from django.core import mail

from tests.stakeholders.conftest import PASSWORD


def by_password(client, email, password=PASSWORD, **more):
    return client.post("/sign-in/", {"email": email, "password": password, "how": "password", **more})


def ask_code(client, email, **more):
    return client.post("/sign-in/", {"email": email, "password": "", "how": "code", **more})


def mailed_code():
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


def by_code(client, email, **more):
    ask_code(client, email)
    return client.post("/sign-in/code/", {"code": mailed_code(), **more})


def who(client, slug="northbrook"):
    """Return the name under which a page of the jurisdiction knows this browser."""
    return client.get(f"/{slug}/").content.decode().split()[1]


def shown(response):
    """Return a page without its form tokens, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
