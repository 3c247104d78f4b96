"""Answering on paper: the form, a helper's pages, and the page on which people confirm."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import choose, fill, press, send, tick, unfold

P4, P7 = "{case.open}weigh/paper/", "{case.open_seven}weigh/paper/"
CONFIRM = "{place.town}paper/"


def opened(which: str) -> tuple:
    """Type number and code of a sheet and press the button."""
    return fill(number=f"{{papers[{which}][number]}}", code=f"{{papers[{which}][code]}}"), press()


PAPER: tuple[Entry, ...] = (
    Entry("paper, without a code", "weigh_paper", P4, says="Cards for workshops"),
    Entry("paper of seven, without a code", "weigh_paper", P7, says="matter least"),
    Entry("paper, for a helper", "weigh_paper", P4, who="typing_helper"),
    Entry("paper, own sheet", "weigh_paper", P4, who="leaving", steps=(press(),), says="Keep this part"),
    Entry("paper of seven, own sheet", "weigh_paper", P7, who="leaving", steps=(press(),), says="Your secret code"),
    Entry("paper, closed", "weigh_paper", "{case.closed}weigh/paper/", status=409),
    Entry("help on paper", "paper_help", f"{P4}help/", who="typing_helper", says="Sheets that you typed"),
    Entry(
        "help on paper, unknown number", "paper_help", f"{P4}help/", who="typing_helper", status=422, wrong=True,
        steps=(fill(number="7K2M-9QTD"), press()), kept=(("number", "7K2M-9QTD"),),
    ),
    Entry("help on paper, not a helper", "paper_help", f"{P4}help/", who="member", status=403),
    Entry("print for somebody", "paper_print", f"{P4}print/", who="printing_helper"),
    Entry(
        "print for somebody, made", "paper_print", f"{P4}print/", who="printing_helper", says="Your secret code",
        steps=(fill(name="Member G4"), tick("group", "G"), press()),
    ),
    Entry(
        "print for somebody, not found", "paper_print", f"{P4}print/", who="printing_helper", status=422, wrong=True,
        steps=(fill(name="Nobody"), tick("group", "G"), press()), kept=(("name", "Nobody"),),
    ),
    Entry("type a sheet", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/", who="typing_helper"),
    Entry("type a sheet of seven", "paper_sheet", f"{P7}sheets/{{papers.seven.number}}/", who="typing_helper"),
    Entry(
        "type a sheet, nothing chosen", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/", who="typing_helper",
        status=422, wrong=True, steps=(fill(points_I="40"), press()), kept=(("points_I", "40"),),
    ),
    Entry(
        "type a sheet, one left out", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/", who="typing_helper",
        status=422, wrong=True, steps=(tick("way", "choosing"), choose(most="R", compare_I="nearly"), press()),
        kept=(("most", "R"), ("compare_I", "nearly")),
    ),
    Entry(
        "type a sheet, checked", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/", who="typing_helper",
        steps=(tick("way", "points"), fill(points_I="40", points_R="30"), press()), says="Compare each line",
    ),
    Entry(
        "type a sheet, an order without a place", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/",
        who="typing_helper", status=422, wrong=True, kept=(("place_I", "1"), ("place_R", "9"), ("why_I", "It hurts.")),
        steps=(tick("way", "order"), unfold, fill(place_I="1", place_R="9", why_I="It hurts."), press()),
    ),
    Entry(
        "type a sheet, an order with reasons", "paper_sheet", f"{P4}sheets/{{papers.printed.number}}/",
        who="typing_helper", says="Place 2 of 4, shared",
        steps=(
            tick("way", "order"), unfold,
            fill(place_I="1", place_E="2", place_R="2", place_X="4", why_I="It hurts.", why_all="Both."), press(),
        ),
    ),
    Entry("a sheet I typed", "paper_sheet", f"{P4}sheets/{{papers.typed.number}}/", who="typing_helper"),
    Entry(
        "a sheet I printed", "paper_sheet", f"{P4}sheets/{{papers.typed.number}}/", who="printing_helper", status=403,
    ),
    Entry("a sheet that is confirmed", "paper_sheet", f"{P4}sheets/{{papers.confirmed.number}}/", who="typing_helper"),
    Entry("confirm", "paper_confirm", CONFIRM),
    Entry("confirm, what was typed", "paper_confirm", CONFIRM, steps=opened("typed"), says="Is this what you wrote?"),
    Entry(
        "confirm, an order with reasons", "paper_confirm", CONFIRM, steps=opened("ordered"), says="Nor a choice.",
    ),
    Entry("confirm, not typed yet", "paper_confirm", CONFIRM, steps=opened("printed"), says="Nobody has typed it yet"),
    Entry("confirm, done before", "paper_confirm", CONFIRM, steps=opened("confirmed"), says="Take my answer back"),
    Entry(
        "confirm, unknown", "paper_confirm", CONFIRM, status=422, wrong=True,
        steps=(fill(number="7K2M-9QTD", code="3F6H-8JWQ-2RTX"), press()), kept=(("number", "7K2M-9QTD"),),
    ),
    Entry("confirm, empty", "paper_confirm", CONFIRM, status=422, wrong=True, steps=(send(CONFIRM),)),
    Entry("confirmed on paper", "paper_confirmed", "{place.town}paper/confirmed/{papers.confirmed.receipt}/"),
)  # fmt: skip
