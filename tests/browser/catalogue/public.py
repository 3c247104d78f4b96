"""Pages that anybody can read, and those that say what went wrong."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, marked_as_made_up, press, press_key, send, tick, unfold

OPEN = (unfold,)
CASE_STATES = (
    "received", "rating", "rated", "retro_rated", "proposed", "announced", "open", "open_seven", "closing", "closed",
    "published", "published_seven", "absent", "provisional", "retrospective",
)  # fmt: skip
SCORED = ("rated", "retro_rated", "published", "published_seven", "absent", "provisional", "retrospective")
REFUSALS = (400, 403, 404, 409, 422, 429)
ROUNDS = ("announced", "open", "open_seven", "closed", "published", "published_seven", "absent", "provisional")

PUBLIC: tuple[Entry, ...] = (
    Entry("jurisdictions", "jurisdictions", "/"),
    Entry("home", "home", "{place.town}"),
    Entry("home, nothing there", "home", "{place.empty}"),
    Entry("home, made up", "home", "{place.demo}", steps=(marked_as_made_up,)),
    Entry("cases", "cases", "{place.town}cases/"),
    Entry("cases, filtered", "cases", "{place.town}cases/?q=case&stage=weighing&sort=oldest"),
    Entry("cases, nothing found", "cases", "{place.town}cases/?q=zeppelin"),
    Entry("cases, none", "cases", "{place.empty}cases/"),
    *(Entry(f"case {state}", "case", f"{{case.{state}}}", steps=OPEN) for state in CASE_STATES),
    Entry("case open, as member", "case", "{case.open}", who="member", steps=OPEN),
    Entry("case open, answered", "case", "{case.open}", who="author", steps=OPEN),
    Entry("case published, whole timeline", "case", "{case.published}?all", steps=OPEN),
    *(Entry(f"working {state}", "working", f"{{case.{state}}}score/working/", steps=OPEN) for state in SCORED),
    Entry("working of a named assessment", "assessment_working", "{case.published}assessments/1/score/working/"),
    Entry("working, no score yet", "working", "{case.received}score/working/"),
    *(Entry(f"what would change {state}", "sensitivity", f"{{case.{state}}}score/", steps=OPEN) for state in SCORED),
    Entry("what would change a named assessment", "assessment_sensitivity", "{case.published}assessments/1/score/"),
    Entry("what would change, no score yet", "sensitivity", "{case.received}score/"),
    Entry(
        "what would change, own weights", "sensitivity", "{case.published}score/?I=40&E=10&R=30&X=20", steps=OPEN,
        says="With these weights the case scores",
    ),
    Entry(
        "what would change, no numbers", "sensitivity", "{case.published}score/", status=422, wrong=True,
        steps=(fill(I="a lot", E="1", R="", X="-2"), press("Work it out")),
        kept=(("I", "a lot"), ("E", "1"), ("X", "-2")),
    ),
    Entry("try", "try", "{place.town}try/", steps=OPEN),
    Entry("try, seven kinds", "try", "{place.try_seven}", steps=OPEN, says="With these weights the case scores"),
    Entry("try, four things", "try", "{place.try_four}", steps=OPEN, says="With these weights the case scores"),
    Entry(
        "try, nothing", "try", "{place.try_four}", status=422, wrong=True,
        steps=(fill(I="0", E="0", R="0", X=""), press("Work it out")), kept=(("I", "0"), ("E", "0")),
    ),
    Entry("try, an order", "try", "{place.try_order}"),
    Entry(
        "try, an order changed", "try", "{place.try_order}", steps=(press_key("up-R"), *OPEN),
        says="Spread is now 2 of 4.",
    ),
    Entry(
        "try, no order", "try", "{place.try_order}&places=I", status=422, wrong=True,
    ),
    Entry("try, which one first", "try", "{place.try_choosing}"),
    Entry(
        "try, none first", "try", "{place.try_choosing}", status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "try, all the same", "try", "{place.try_choosing}", says="With these weights the case scores",
        steps=(tick("most", "equal"), press("Continue"), *OPEN),
    ),
    Entry(
        "try, compared", "try", "{place.try_choosing}", says="With these weights the case scores",
        steps=(
            tick("most", "I"), press("Continue"), tick("E", "little"), tick("R", "nearly"), tick("X", "unsure"),
            press("Work it out"), *OPEN,
        ),
    ),
    Entry("try, seven to compare", "try", "{place.try_choosing_seven}", says="Next to Election interference"),
    Entry(
        "try, one left out", "try", "{place.try_choosing_seven}", status=422, wrong=True,
        steps=(tick("DI", "little"), press("Work it out")), kept=(("most", "EL"),),
    ),
    Entry("try, no case", "try", "{place.empty}try/", says="No case is rated yet"),
    Entry("try, unknown case", "try", "{place.town}try/?case=TV-1999-0001", status=404),
    *(Entry(f"round {state}", "round", f"{{case.{state}}}rounds/1/", steps=OPEN) for state in ROUNDS),
    Entry("round of a named assessment", "assessment_round", "{case.published}assessments/1/rounds/1/"),
    Entry("data", "data", "{place.town}data/"),
    Entry("reference of the API", "api_reference", "{place.town}api/", steps=OPEN),
    Entry("lines", "lines", "{place.town}lines/", steps=OPEN),
    Entry("policy", "policy_version", "{place.town}lines/policy-1/"),
    Entry("policy, a later version", "policy_version", "{place.small}lines/policy-2/"),
    Entry("policy, unknown version", "policy_version", "{place.town}lines/policy-9/", status=404),
    Entry("policies compared", "policy_compare", "{place.small}lines/compare/"),
    Entry("policies, nothing to compare", "policy_compare", "{place.town}lines/compare/"),
    Entry("lines, two versions", "lines", "{place.small}lines/", steps=OPEN),
    Entry("how it works", "how_it_works", "{place.town}how-it-works/"),
    Entry("glossary", "glossary", "{place.town}glossary/"),
    Entry("contact", "contact", "{place.town}contact/"),
    Entry("privacy", "privacy", "{place.town}privacy/"),
    Entry("accessibility", "accessibility", "{place.town}accessibility/"),
    Entry("help", "help", "/help/"),
    Entry("codes of the API", "api_problems", "/help/problems/"),
    Entry("health, something wrong", "health", "/health/"),
    Entry("health, all well", "health", "/health/", switches=("healthy",)),
    Entry("gallery", "gallery", "/gallery/", switches=("demo",)),
    Entry("demo", "demo", "/demo/", switches=("demo",), steps=OPEN),
    Entry("unknown page", "", "/nowhere/at/all/", status=404),
    Entry("unknown case", "case", "{place.town}cases/TV-1999-0001/", status=404),
    Entry("unknown place", "home", "/nowhere/", status=404),
    *(Entry(f"refusal {status}", "", f"/_test/fail/{status}/", status=status) for status in REFUSALS),
    Entry("fault", "", "/_test/fail/500/", status=500),
    Entry(
        "old form", "", "/sign-in/", status=403,
        steps=(send("/sign-in/", token=False, email="a@b.example", reason="Typed already"),), says="Typed already",
    ),
    Entry("receipt", "receipt", "{place.town}receipt/"),
)  # fmt: skip
