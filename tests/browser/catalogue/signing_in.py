"""Pages that ask who somebody is, and the one that mail leads to."""

from tests.browser.catalogue.entry import Entry
from tests.browser.steps import break_token, fill, press, send, tick, times

SIGN_IN = "/sign-in/"
AGAIN = "/sign-in/again/?next=/testville/desk/"

SIGNING_IN: tuple[Entry, ...] = (
    Entry("sign in", "sign_in", SIGN_IN),
    Entry("sign in, on the way", "sign_in", "{place.town}you/"),
    Entry("sign in, empty", "sign_in", SIGN_IN, status=422, wrong=True, steps=(press("Sign in"),)),
    Entry(
        "sign in, wrong", "sign_in", SIGN_IN, status=422, wrong=True,
        steps=(fill(email="wrong@testville.example", password="not my password"), press("Sign in")),
        kept=(("email", "wrong@testville.example"), ("password", "")),
    ),
    Entry(
        "sign in, too many tries", "sign_in", SIGN_IN, status=429,
        steps=(times(6, send(SIGN_IN, how="password", email="often@testville.example", password="no")),),
    ),
    Entry(
        "sign in, old form", "sign_in", SIGN_IN, status=403,
        steps=(fill(email="plain@testville.example"), break_token, press("Sign in")),
    ),
    Entry(
        "code", "sign_in_code", SIGN_IN, steps=(fill(email="code@testville.example"), press("Email me a code")),
    ),
    Entry(
        "code, wrong", "sign_in_code", SIGN_IN, status=422, wrong=True,
        steps=(fill(email="code2@testville.example"), press("Email me a code"), fill(code="XXXX"), press("Sign in")),
    ),
    Entry("code, run out", "sign_in_code", "/sign-in/code/"),
    Entry("again, by password", "sign_in_again", AGAIN, who="stale_password"),
    Entry("again, by code only", "sign_in_again", AGAIN, who="stale"),
    Entry(
        "again, wrong password", "sign_in_again", AGAIN, who="stale_password", status=422, wrong=True,
        steps=(fill(password="not mine"), press("Carry on")),
    ),
    Entry("set a password", "set_password", "/sign-in/password/", who="plain"),
    Entry(
        "set a password, too short", "set_password", "/sign-in/password/", who="plain", status=422, wrong=True,
        steps=(fill(password="short"), press("Save the password")),
    ),
    Entry("stop mail", "notices_off", "{place.off}"),
    Entry(
        "stop mail, done", "notices_off", "{place.off_too}", steps=(press("Stop these emails"),),
        says="You get no more of these emails",
    ),
    Entry(
        "stop mail, and get it again", "notices_off", "{place.off_again}",
        steps=(press("Stop these emails"), press("Get all these emails again")), says="You get these emails again",
    ),
    Entry("notices, none", "you_notifications", "{place.town}you/notifications/", who="plain"),
    Entry(
        "notices, many", "you_notifications", "{place.talks}you/notifications/", who="talker",
        says="A round of talks begins",
    ),
    Entry("notices, second page", "you_notifications", "{place.talks}you/notifications/?page=2", who="talker"),
    Entry("notices, nobody here", "you_notifications", "{place.town}you/notifications/", who="nobody", status=403),
    Entry(
        "notices, nothing chosen", "you_notifications", "{place.town}you/notifications/", who="plain", status=422,
        wrong=True, steps=(send("{place.town}you/notifications/", private_subjects="on"),),
    ),
    Entry(
        "notices, saved", "you_notifications", "{place.talks}you/notifications/", who="talker",
        steps=(tick("pace-case_settled", "daily"), press("Save your choices")), says="Your choices are saved.",
    ),
    Entry("sign out", "sign_out", "/sign-out/", who="member"),
)  # fmt: skip
