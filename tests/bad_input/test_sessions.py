"""Row 65: no token, two windows, a session that has ended, a role taken away. What was typed is never lost."""

import time_machine
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from assessments import receipts
from assessments.actions.answers import submit_answer
from assessments.models import SubmissionDetail
from stakeholders import sessions
from stakeholders.models import Account
from tests import factories as make
from tests.architecture.world import NOW, signed_in
from tests.bad_input.typist import Typist, heading

WORDS = "An hour's work, <b>kept</b>."
ORIGIN = {"origin": "http://testserver"}


def strict(typist):
    """Check form tokens, as the site does and Django's test browser does not."""
    typist.client.handler.enforce_csrf_checks = True
    return typist


def offered(response):
    """Return the address and the fields of the form that offers to send again."""
    form = BeautifulSoup(response.content, "html.parser").select_one("main form")
    fields = {
        field["name"]: field["value"] for field in form.find_all("input") if field["name"] != "csrfmiddlewaretoken"
    }
    return form["action"], fields


def fill_in(typist):
    typist.weigh("points", dict.fromkeys("IERX", "25"))


def with_a_password(world, who):
    """Give an account a password for one test; the world's own row in memory stays as it was."""
    account = Account.objects.get(pk=world.accounts[who].pk)
    account.set_password("four plain words together")
    account.save()
    return account


def test_without_a_token_the_words_come_back_and_can_be_sent_again(member):
    fill_in(member)
    strict(member)
    url = f"{member.case}weigh/why/"
    response = member.client.post(url, {"all": WORDS}, headers=ORIGIN)
    assert (response.status_code, heading(response)) == (403, "We did not accept this form")
    assert offered(response) == (url, {"all": WORDS})
    token = BeautifulSoup(response.content, "html.parser").select_one("main form [name=csrfmiddlewaretoken]")["value"]
    again = member.client.post(url, {"all": WORDS, "csrfmiddlewaretoken": token}, headers=ORIGIN)
    assert again.status_code == 302
    assert member.draft()["reasons"] == {"all": WORDS}


def test_a_token_of_before_signing_in_again_in_another_window_gets_the_words_back(world):
    member = Typist.of(world, "member")
    fill_in(member)
    strict(member)
    page = member.client.get(f"{member.case}weigh/why/")
    old = BeautifulSoup(page.content, "html.parser").select_one("main [name=csrfmiddlewaretoken]")["value"]
    other_window = signed_in(world.accounts["author"])
    member.client.cookies = other_window.cookies
    response = member.client.post(
        f"{member.case}weigh/why/", {"all": WORDS, "csrfmiddlewaretoken": old}, headers=ORIGIN
    )
    assert response.status_code == 403
    assert offered(response)[1] == {"all": WORDS}


def test_words_typed_in_a_session_that_has_ended_wait_until_somebody_signs_in(world):
    member = Typist.of(world, "member")
    fill_in(member)
    member.client.session.flush()
    url = f"{member.case}weigh/why/"
    response = member.client.post(url, {"all": WORDS})
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/sign-in/")
    account = with_a_password(world, "member")
    signing_in = {"email": account.email, "password": "four plain words together", "how": "password", "next": url}
    carried = member.client.post("/sign-in/", signing_in)
    assert offered(carried) == (url, {"all": WORDS})


def test_an_answer_stored_while_the_session_was_ended_elsewhere_leads_to_its_receipt(world, monkeypatch):
    member = Typist.of(world, "member")
    fill_in(member)
    member.weigh("why", {"all": ""})
    shown = BeautifulSoup(member.client.get(f"{member.case}weigh/check/").content, "html.parser")
    form = {field["name"]: field["value"] for field in shown.select("main input[type=hidden]")}

    def ended_elsewhere(**act):
        accepted = submit_answer(**act)
        Session.objects.all().delete()
        return accepted

    monkeypatch.setattr("assessments.views.weigh_check.submit_answer", ended_elsewhere)
    with time_machine.travel(NOW + sessions.RENEW_EVERY * 2, tick=False):  # so long that the session is renewed
        sent = member.weigh("check", form)
    receipt = SubmissionDetail.objects.latest("submission").receipt
    assert (sent.status_code, sent["Location"]) == (302, f"{member.case}weigh/sent/{receipt}/")
    assert "session" not in sent.cookies  # by now the browser may hold another one
    asked = member.client.get(sent["Location"])
    assert asked["Location"].startswith("/sign-in/")
    again = signed_in(world.accounts["member"]).get(sent["Location"])
    assert receipts.shown(receipt) in again.content.decode()


def test_words_typed_on_a_shared_computer_are_not_offered_to_whoever_signs_in_next(world):
    member = Typist.of(world, "member")
    fill_in(member)
    member.client.session.flush()
    url = f"{member.case}weigh/why/"
    member.client.post(url, {"all": WORDS})
    author = with_a_password(world, "author")
    signing_in = {"email": author.email, "password": "four plain words together", "how": "password", "next": url}
    carried = member.client.post("/sign-in/", signing_in, follow=True)
    assert WORDS not in carried.content.decode()
    assert "kept_form" not in member.client.session


def test_words_do_not_wait_for_somebody_else(world):
    """Whoever signs in next, from a browser of their own, is offered nothing."""
    ended = Client()
    ended.post(f"/testville/cases/{world.cases['open'].reference}/weigh/why/", {"all": WORDS})
    assert WORDS not in signed_in(world.accounts["author"]).get("/testville/you/").content.decode()


def test_a_role_that_ended_while_somebody_typed_gives_the_words_back(world):
    secretariat = Typist.of(world, "secretariat")
    world.people["secretariat"].role_grants.update(valid_until=make.START)
    data = {"closes_at": "25 June 2026", "reason": WORDS, "confirmed": "1"}
    url = f"{secretariat.desk}extend/"
    response = secretariat.post(url, data, headers=ORIGIN)
    assert (response.status_code, heading(response)) == (403, "You cannot do this here")
    assert offered(response) == (url, data)


def test_a_place_on_the_desk_that_ended_shows_nothing_of_the_case(world):
    secretariat = Typist.of(world, "secretariat")
    world.people["secretariat"].role_grants.update(valid_until=make.START)
    page = secretariat.client.get(secretariat.desk).content.decode()
    assert "Member A0" not in page
    assert world.cases["open"].reference not in page
