"""What no helper sees: what was typed, once it was sent."""

from assessments.models import PaperSheet
from assessments.states import SheetState
from tests.assessments.paper.pages import (
    ORDER,
    POINTS,
    SECRETS,
    address,
    browser,
    sheet_page,
)
from tests.assessments.paper_world import confirmed, helper, typed
from tests.assessments.weighers import hidden


def helper_pages(visitor, weight_round, one):
    """Return everything that a helper is shown about a sheet, by reading and by sending forms again."""
    url, help_url = sheet_page(weight_round, one), address(weight_round, "paper_help")
    return [
        visitor.get(url), visitor.get(help_url), visitor.get(address(weight_round, "weigh_paper")),
        visitor.post(url, {"do": "check"}), visitor.post(url, {"do": "change"}), visitor.post(url, {"do": "send"}),
        visitor.post(help_url, {"number": one.sheet.number}, follow=True), visitor.get("/testville/you/"),
        visitor.get(address(weight_round, "case")), visitor.post(url, {"do": "send", "key": "other"}, follow=True),
    ]  # fmt: skip


def test_after_sending_no_page_shows_a_helper_what_was_typed(town, open_round, typist, sheet):
    visitor = browser(typist)
    check = visitor.post(sheet_page(open_round, sheet), {**POINTS, "do": "check"})
    assert SECRETS.search(check.content.decode())
    sent = visitor.post(sheet_page(open_round, sheet), {**hidden(check), "do": "send"}, follow=True)
    found = {stage: leaks for stage, leaks in _stages(town, open_round, visitor, sheet, sent) if leaks}
    assert found == {}


def _stages(town, weight_round, visitor, one, sent):
    yield "sent", leaking([sent])
    yield "typed", leaking(helper_pages(visitor, weight_round, one))
    confirmed(town, one)
    yield "confirmed", leaking(helper_pages(visitor, weight_round, one))
    reference = f"/api/v1/testville/cases/{weight_round.assessment.incident.reference}/answer/"
    yield "api", leaking([visitor.get(reference), visitor.get(f"/testville/paper/confirmed/{one.sheet.number}/")])
    yield "session", SECRETS.findall(str(dict(visitor.session)))


def test_reasons_and_an_order_are_shown_to_a_helper_as_little(town, open_round, typist, sheet):
    visitor = browser(typist)
    sent = {**ORDER, "why_I": "Zqreason", "do": "send", "key": "k"}
    pages = [visitor.post(sheet_page(open_round, sheet), sent, follow=True), *helper_pages(visitor, open_round, sheet)]
    confirmed(town, sheet)
    pages += helper_pages(visitor, open_round, sheet)
    found = [page.content.decode() for page in pages]
    assert [page for page in found if "Zqreason" in page or "Place 1 of 4" in page] == []


def leaking(pages):
    return [page.request["PATH_INFO"] for page in pages if SECRETS.search(page.content.decode())]


def test_another_helper_sees_as_little_and_changes_nothing(town, open_round, typist, sheet):
    typed(sheet, typist)
    visitor = browser(helper(town))
    assert leaking(helper_pages(visitor, open_round, sheet)) == []
    answers = [
        visitor.post(sheet_page(open_round, sheet), data).status_code
        for data in ({**POINTS, "do": "send", "key": "k"}, {"do": "discard", "typing": "1"})
    ]
    assert (answers, PaperSheet.objects.get().state) == ([409, 403], SheetState.TYPED)
