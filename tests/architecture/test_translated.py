"""Nothing that people read is written in English alone: in a language of brackets, every word stands in brackets.

The language is made by wrapping whatever Django's translation returns. What stays outside is data of the world, a
code, or a sentence that nobody could translate.
"""

import re

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.core import mail
from django.utils import translation

from assessments.models import AISystem, Deployer, EvidenceItem, Incident, LabelledHistory, RatingValue, Source
from deliberation.api import document, reference
from lastvote.jobs import outbox
from stakeholders.models import AccessToken, Group, Jurisdiction, Person
from tests.architecture.asking import TOKEN
from tests.architecture.routes import address, routes, slots_for
from tests.architecture.world import NOW
from tests.assessments.weighers import hidden
from tests.bad_input.typist import Typist

OPEN, CLOSE = "⟦", "⟧"
NAMES = ("lastvote", "Lisbon", "The Last Vote", "CC BY 4.0", "UTC", "beta", "gamma")
"""Names that are the same in every language, the paper's symbols among them."""
CODES = re.compile(
    r"""\S+@\S+|https?://\S+|[\w/]+\.json|manage\.py\ \w+|
    \b[A-Z]{2}-(?:20\d\d-\d{4}|POL)\S*|LV-[0-9A-Z-]+|
    \b[0-9a-f]{8,}\b|\b[A-Z]{2,}(?:/\S+|\b)|\b[A-Za-z]{1,2}\b""",
    re.VERBOSE,
)
"""References, addresses, hashes, codes of groups and files, symbols of formulas."""
FOR_BUILDERS = ("gallery",)
"""Shown in demo mode to people who change the site; its examples are written in English."""
ENGLISH = re.compile(r"[A-Za-z]{3,}")
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "aria-roledescription")


@pytest.fixture
def bracketed(monkeypatch):
    """Speak in brackets. The words inside stay, so the pages can still be read."""

    def wrap(words):
        return f"{OPEN}{words}{CLOSE}" if words else words

    real = translation._trans
    plain = {name: getattr(real, name) for name in ("gettext", "ngettext", "pgettext", "npgettext")}
    for name, speak in plain.items():
        monkeypatch.setattr(real, name, lambda *told, speak=speak: wrap(speak(*told)))
    _forget()
    yield
    _forget()


def _forget():
    """What the site works out once for each language, it may have worked out without brackets, and with them now."""
    for worked_out in (document._written, reference._reference):
        worked_out.cache_clear()


@pytest.fixture
def data(world):
    """Every word that somebody typed into the world, longest first."""
    texts = []
    for model, columns in (
        (Jurisdiction, ("name", "purpose")), (Group, ("name", "description")), (AISystem, ("description",)),
        (Incident, ("title", "summary", "affected")), (LabelledHistory, ("name", "source", "licence")),
    ):  # fmt: skip
        texts += [
            next(iter(getattr(row, column)["texts"].values())) for row in model.objects.all() for column in columns
        ]
    for model, column in (
        (Person, "name"), (Deployer, "name"), (AISystem, "name"), (Source, "title"), (EvidenceItem, "statement"),
        (RatingValue, "reason"), (AccessToken, "name"),
    ):  # fmt: skip
        texts += list(model.objects.values_list(column, flat=True))
    return sorted({*texts, "The numbers of the paper.", "as everybody else", *NAMES}, key=len, reverse=True)


def without_brackets(words):
    """Drop what stands in brackets, brackets inside brackets included."""
    depth, kept = 0, []
    for sign in words:
        depth += sign == OPEN
        if depth == 0:
            kept.append(sign)
        depth -= sign == CLOSE
    return "".join(kept)


def left_over(words, data):
    """Return the English words that are neither translated nor data."""
    rest = without_brackets(words)
    for one in data:
        rest = rest.replace(one, " ")
    return ENGLISH.findall(CODES.sub(" ", rest))


def texts_of(html):
    """Return every piece of text that people see or hear, blocks together so that a sentence stays whole."""
    page = BeautifulSoup(html, "html.parser")
    for hidden_part in page.select("code, script, style, [translate=no]"):
        hidden_part.decompose()
    for piece in page.find_all(string=True):
        if not isinstance(piece, (Comment, Doctype)) and piece.strip():
            yield " ".join(piece.split())
    for name in ATTRIBUTES:
        yield from (tag[name] for tag in page.find_all(attrs={name: True}))


def untranslated(html, data):
    """Return the texts of a page that hold English words.

    A translated text may hold markup, so brackets are counted over the whole page, not over one piece.
    """
    whole = " ¶ ".join(texts_of(html))
    return [piece.strip() for piece in without_brackets(whole).split("¶") if left_over(piece, data)]


def pages(browsers):
    """Open every page in every state, as those who see most of it."""
    for who in ("visitor", "member", "author", "late member", "secretariat", "chair", "account"):
        for route in routes():
            if route.name in FOR_BUILDERS:
                continue
            wanted = ("received", "proposed", "open", "closed", "published") if route.is_of_a_case else ("open",)
            if who not in {"visitor", "secretariat"}:
                wanted = ("open", "proposed") if route.is_of_a_case and who == "chair" else ("open",)
            for state in wanted:
                response = browsers.ask(
                    who, "GET", address(route, slots_for(browsers.world, route, state=state, who=who))
                )
                if response.get("Content-Type", "").startswith("text/html"):
                    yield f"{route.name} {state} {who}", response.content.decode()


@pytest.mark.timeout(600)
def test_every_page_speaks_the_visitors_language(browsers, data, bracketed, settings):
    settings.DEMO = True
    found = {name: untranslated(html, data) for name, html in pages(browsers)}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_refusals_speak_it_too(browsers, data, bracketed):
    world = browsers.world
    member, secretariat = Typist.of(world, "member"), Typist.of(world, "secretariat")
    closed = Typist.of(world, "member", state="closed")
    announce = f"{Typist.of(world, 'secretariat', state='rated').desk}announce/"
    answers = [
        member.weigh("most"),
        member.weigh("points", {"I": "x", "E": "-1", "R": "0", "X": "0"}),
        member.weigh("points", {"I": ["1", "2"]}),
        member.weigh("points", dict.fromkeys("IERX", "0")),
        member.weigh("withdraw", {"key": "k"}),
        closed.weigh("points", {"I": "77"}),
        secretariat.post(f"{secretariat.desk}extend/"),
        secretariat.post(f"{secretariat.desk}extend/", {"closes_at": "x", "reason": "я" * 2000}),
        secretariat.post(f"{secretariat.desk}close/", {"reason": "Я", "confirmed": "1"}),
        secretariat.post(f"{secretariat.desk}open/"),
        secretariat.post(announce, {"opens_at": "5 June 2026", "closes_at": "7 June 2026", "confirmed": "1"}),
        browsers.ask("visitor", "POST", "/sign-in/", data={**TOKEN, "email": "x", "password": "y", "how": "password"}),
        browsers.ask("visitor", "POST", "/sign-in/", data={**TOKEN, "email": "a@b.example\x00", "how": "password"}),
        browsers.ask("visitor", "POST", "/sign-in/", data={**TOKEN, "email": "a" * 300 + "@b.example", "how": "code"}),
        browsers.ask("author", "POST", "/sign-in/password/", data={**TOKEN, "password": "short"}),
        browsers.ask("author", "POST", "/sign-in/password/", data={**TOKEN, "password": "password1234"}),
        browsers.ask("visitor", "POST", "/testville/receipt/", data={**TOKEN, "reference": "x"}),
        browsers.ask("visitor", "GET", "/nowhere/"),
        browsers.ask("visitor", "GET", "/testville/nowhere/"),
    ]
    found = {number: untranslated(answer.content.decode(), data) for number, answer in enumerate(answers)}
    assert [answer.status_code for answer in answers if answer.status_code < 400] == []
    assert {number: texts for number, texts in found.items() if texts} == {}


def test_the_form_speaks_it_on_every_page(browsers, data, bracketed):
    member = Typist.of(browsers.world, "member")
    found = {}

    def look(name, response):
        found[name] = untranslated(response.content.decode(), data)
        return response

    member.weigh("most", {"most": "I"})
    look("compare", member.client.get(f"{member.case}weigh/compare/1/"))
    look("compare 422", member.weigh("compare/1"))
    member.weigh("compare/1", {"E": "same", "R": "unsure", "X": "nothing"})
    look("why", member.client.get(f"{member.case}weigh/why/"))
    member.weigh("why")
    check = look("check", member.client.get(f"{member.case}weigh/check/"))
    look("check 422", member.weigh("check"))
    look("sent", member.client.get(member.weigh("check", hidden(check))["Location"]))
    look("withdraw", member.client.get(f"{member.case}weigh/withdraw/"))
    look("you", member.client.get("/testville/you/"))
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_mail_speaks_it_too(browsers, data, bracketed):
    world = browsers.world
    browsers.ask("visitor", "POST", "/sign-in/", data={**TOKEN, "email": "nobody@b.example", "how": "code"})
    browsers.ask(
        "visitor", "POST", "/sign-in/", data={**TOKEN, "email": world.people["member"].account.email, "how": "code"}
    )
    for kind, subject in outbox.OutboxItem.objects.filter(kind__startswith="mail.").values_list("kind", "subject_id")[
        :2
    ]:
        outbox.deliver(kind, subject, NOW)
    assert len(mail.outbox) == 4
    found = [
        (one.subject, words)
        for one in mail.outbox
        for words in (
            left_over(one.subject, data),
            left_over(one.body, data),
            untranslated(one.alternatives[0][0], data),
        )
        if words
    ]
    assert found == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Forgotten words</p>", ["Forgotten words"]),
        ("<p>⟦Said⟧ and forgotten</p>", ["and forgotten"]),
        ('<img alt="Forgotten">', ["Forgotten"]),
        ("<p>⟦Said with <b>markup</b> inside⟧</p>", []),
        ("<p>⟦In ⟦Lisbon⟧ time⟧ TV-2026-0001</p>", []),
    ],
)
def test_the_search_finds_what_is_forgotten(html, found):
    assert untranslated(html, ["Lisbon"]) == found
