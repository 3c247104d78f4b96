"""Pages of the secretariat, the chair and others at the desk."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import fill, press

SECRETARY, CHAIR = "secretariat", "chair"
STATES = ("received", "rating", "rated", "proposed", "announced", "due", "open", "published", "provisional")
POLICY_FORM = "{place.town}desk/policy/propose/"
HIGHER_LINE = {"parameters-low-s_initial": "25", "effective_from": "1 July 2026", "reason": "Two false alarms."}
DAYS = {"opens_at": "20 June 2026", "closes_at": "10 July 2026"}

DESK: tuple[Entry, ...] = (
    Entry("desk", "desk", "{place.town}desk/", who=SECRETARY),
    Entry("desk, mine", "desk", "{place.town}desk/?mine", who=SECRETARY),
    Entry("desk, nothing of mine", "desk", "{place.town}desk/?mine", who="committee"),
    Entry("desk, no cases", "desk", "{place.empty}desk/", who=SECRETARY, status=403),
    Entry("desk, not for members", "desk", "{place.town}desk/", who="member", status=403),
    *(Entry(f"desk rounds {state}", "desk_round", f"{{desk.{state}}}", who=who) for state, who in (
        *((state, SECRETARY) for state in STATES if state != "provisional"),
        ("provisional", "small_secretariat"), ("closed", "small_secretariat"), ("closing", "small_secretariat"),
    )),
    Entry("desk rounds proposed, as chair", "desk_round", "{desk.proposed}", who=CHAIR),
    Entry("desk rounds open, as committee", "desk_round", "{desk.open}", who="committee"),
    Entry("announce", "desk_announce", "{desk.rated}announce/", who=SECRETARY),
    Entry(
        "announce, empty", "desk_announce", "{desk.rated}announce/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "announce, no days", "desk_announce", "{desk.rated}announce/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(opens_at="soon", closes_at="31 June 2026"), press("Continue")),
        kept=(("opens_at", "soon"), ("closes_at", "31 June 2026")),
    ),
    Entry(
        "announce, check", "desk_announce", "{desk.rated}announce/", who=SECRETARY,
        steps=(fill(**DAYS), press("Continue")),
    ),
    Entry(
        "announce, refused", "desk_announce", "{desk.rated}announce/", who=SECRETARY, status=422, wrong=True,
        steps=(fill(opens_at="4 June 2026", closes_at="5 June 2026"), press("Continue"), press("Propose this round")),
    ),
    Entry("announce, not for the chair", "desk_announce", "{desk.rated}announce/", who=CHAIR, status=403),
    Entry("open now", "desk_open", "{desk.due}open/", who=SECRETARY),
    Entry(
        "open now, too early", "desk_open", "{desk.announced}open/", who=SECRETARY, status=409, wrong=True,
        steps=(press("Open the round"),),
    ),
    Entry("extend", "desk_extend", "{desk.open}extend/", who=SECRETARY),
    Entry(
        "extend, empty", "desk_extend", "{desk.open}extend/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "extend, check", "desk_extend", "{desk.open}extend/", who=SECRETARY,
        steps=(fill(closes_at="25 June 2026", reason="Two groups\nasked for it."), press("Continue")),
    ),
    Entry(
        "extend, refused", "desk_extend", "{desk.open}extend/", who=SECRETARY, status=422, wrong=True,
        steps=(
            fill(closes_at="25 December 2026", reason="Longer."), press("Continue"), press("Give the round more time")
        ),
    ),
    Entry("close early", "desk_close", "{desk.open}close/", who=SECRETARY),
    Entry(
        "close early, empty", "desk_close", "{desk.open}close/", who=SECRETARY, status=422, wrong=True,
        steps=(press("Continue"),),
    ),
    Entry(
        "close early, check", "desk_close", "{desk.open}close/", who=SECRETARY,
        steps=(fill(reason="Everybody has answered."), press("Continue")),
    ),
    Entry(
        "close early, too few", "desk_close", "{desk.open}close/", who=SECRETARY, status=409, wrong=True,
        says="Too few answers yet from these groups",
        steps=(fill(reason="Now."), press("Continue"), press("Propose to close the round")), kept=(("reason", "Now."),),
    ),
    Entry("confirm an announcement", "desk_confirm", "{desk.proposed}confirm/", who=CHAIR),
    Entry("confirm an early close", "desk_confirm", "{desk.closing}confirm/", who="small_chair"),
    Entry("confirm, nothing there", "desk_confirm", "{desk.rated}confirm/", who=CHAIR),
    Entry("policy desk", "desk_policy", "{place.town}desk/policy/", who="admin"),
    Entry("policy desk, waiting", "desk_policy", "{place.small}desk/policy/", who="small_chair"),
    Entry("policy desk, own proposal", "desk_policy", "{place.small}desk/policy/", who="small_admin"),
    Entry("policy desk, not for members", "desk_policy", "{place.town}desk/policy/", who="member", status=403),
    Entry("desk, a policy waits", "desk", "{place.small}desk/", who="small_chair"),
    Entry("policy form", "desk_policy_propose", POLICY_FORM, who="admin"),
    Entry(
        "policy form, nothing changed", "desk_policy_propose", POLICY_FORM, who="admin", status=422, wrong=True,
        steps=(fill(effective_from="1 July 2026", reason="To see."), press("Continue")), kept=(("reason", "To see."),),
    ),
    Entry(
        "policy form, wrong numbers", "desk_policy_propose", POLICY_FORM, who="admin", status=422, wrong=True,
        steps=(fill(**{"parameters-quorum": "many", "parameters-high-s_full": "20"}), press("Continue")),
        kept=(("parameters-quorum", "many"), ("parameters-high-s_full", "20")),
    ),
    Entry(
        "policy form, check", "desk_policy_propose", POLICY_FORM, who="admin",
        steps=(fill(**HIGHER_LINE), press("Continue")),
    ),
    Entry("policy to decide", "desk_policy_decide", "{place.small}desk/policy/decide/", who="small_chair"),
    Entry(
        "policy, declined without a reason", "desk_policy_decide", "{place.small}desk/policy/decide/",
        who="small_chair", status=422, wrong=True, steps=(press("Decline"),),
    ),
    Entry("policy, nothing to decide", "desk_policy_decide", "{place.town}desk/policy/decide/", who=CHAIR),
    Entry("step up", "sign_in_again", "{desk.rated}announce/", who="stale"),
)  # fmt: skip
