"""Pages on which evaluators rate, and the desk's part in it."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press

SECRETARY, CHAIR, EVALUATOR, SUPERVISOR = (
    "rating_secretariat", "rating_chair", "rating_evaluator", "rating_supervisor",
)  # fmt: skip
DESK = "/ratingville/desk/"

RATING: tuple[Entry, ...] = (
    Entry("desk of an evaluator", "desk", DESK, who=EVALUATOR),
    Entry("desk of a supervisor", "desk", DESK, who=SUPERVISOR),
    Entry("desk, cases being rated", "desk", DESK, who=SECRETARY, says="Appoint a third evaluator"),
    Entry("rate, start", "rating", "{place.rating_fresh_form}", who=EVALUATOR),
    Entry("rate, sent", "rating", "{place.rating_apart_form}", who=EVALUATOR),
    Entry("rate, fixed", "rating", "{place.rating_alarm_form}", who=EVALUATOR),
    Entry("rate, not for the secretariat", "rating", "{place.rating_fresh_form}", who=SECRETARY, status=403),
    Entry("rate one factor", "rating_values", "{place.rating_fresh_form}I/", who=EVALUATOR),
    Entry("rate one kind of risk", "rating_values", "{place.rating_seven_form}EL/", who=EVALUATOR),
    Entry(
        "rate one factor, wrong", "rating_values", "{place.rating_fresh_form}I/", who=EVALUATOR, status=422, wrong=True,
        steps=(fill(value_0="1.2", reason_0="A lot."), press("Keep and go on")),
        kept=(("value_0", "1.2"), ("reason_0", "A lot.")),
    ),
    Entry(
        "rate one kind of risk, empty", "rating_values", "{place.rating_seven_form}EL/", who=EVALUATOR, status=422,
        wrong=True, steps=(press("Keep and go on"),),
    ),
    Entry("rate, too late", "rating_values", "{place.rating_alarm_form}EL/", who=EVALUATOR, status=409),
    Entry("rate, check", "rating_check", "{place.rating_close_form}check/", who=EVALUATOR),
    Entry("rate, check what was sent", "rating_check", "{place.rating_apart_form}check/", who=EVALUATOR),
    Entry("sign off", "rating_sign_off", "{place.rating_learner_form}sign-off/", who=SUPERVISOR),
    Entry("sign off, nothing there", "rating_sign_off", "{place.rating_fresh_form}sign-off/", who=SUPERVISOR),
    *(
        Entry(f"desk ratings {state}", "desk_ratings", f"{{place.rating_{state}}}", who=SECRETARY)
        for state in ("received", "fresh", "apart", "close", "proposed", "learner", "alarm", "again")
    ),
    Entry("desk ratings proposed, as chair", "desk_ratings", "{place.rating_proposed}", who=CHAIR),
    Entry("open an assessment", "desk_ratings_open", "{place.rating_received}open/", who=SECRETARY),
    Entry(
        "open an assessment, empty", "desk_ratings_open", "{place.rating_received}open/", who=SECRETARY, status=422,
        wrong=True, steps=(fill(evidence_cutoff="31 June 2026"), press("Continue")),
        kept=(("evidence_cutoff", "31 June 2026"),),
    ),
    Entry("propose an evaluator", "desk_ratings_appoint", "{place.rating_apart}appoint/", who=SECRETARY),
    Entry(
        "propose an evaluator, nobody", "desk_ratings_appoint", "{place.rating_apart}appoint/", who=SECRETARY,
        status=422, wrong=True, steps=(press("Propose this evaluator"),),
    ),
    Entry("confirm an evaluator", "desk_ratings_confirm", "{place.rating_proposed}confirm/", who=CHAIR),
    Entry("confirm an evaluator, nobody", "desk_ratings_confirm", "{place.rating_fresh}confirm/", who=CHAIR),
    Entry("fix ratings", "desk_ratings_freeze", "{place.rating_close}freeze/", who=SECRETARY),
    Entry(
        "fix ratings, a third is needed", "desk_ratings_freeze", "{place.rating_apart}freeze/", who=SECRETARY,
        status=409, wrong=True, steps=(press("Fix the ratings for good"),),
    ),
    Entry("look at an alarm", "desk_ratings_look", "{place.rating_alarm}look/", who=CHAIR),
    Entry(
        "look at an alarm, no note", "desk_ratings_look", "{place.rating_alarm}look/", who=CHAIR, status=422,
        wrong=True, steps=(press("Publish this note"),),
    ),
    Entry("look, nothing there", "desk_ratings_look", "{place.rating_again}look/", who=CHAIR),
    Entry("case with an alarm", "case", "{place.rating_alarm_case}", says="A person must look."),
    Entry("case rated again", "case", "{place.rating_again_case}", says="This case was rated again"),
)  # fmt: skip
