"""Row 66: a reference that is unknown and one that is none get the same answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.asking import TOKEN
from tests.architecture.routes import NO_RECEIPT, receipt_of
from tests.bad_input.typist import errors

NOT_FOUND = ["We cannot find this reference. After LV- we never use the letters I, L, O or U."]
NONE = {
    "unknown": NO_RECEIPT,
    "empty": "",
    "too short": "LV-7K2M",
    "wrong check character": "LV-7K2M-9QTD-3XA",
    "other signs": "LV-!!!!-????-***",
    "null character": "LV-7K2M\x00-9QTD-3XW",
    "10 kB": "7" * 10_000,
    "digits of other scripts": "٧" * 11,
    "markup": "<script>alert(1)</script>",
}


def look_up(browsers, typed, who="visitor"):
    return browsers.ask(who, "POST", "/testville/receipt/", data={**TOKEN, "reference": typed})


def without_what_was_typed(response):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'name="reference" value="[^"]*"|(?<=name="reference") ', "", page)


@pytest.mark.parametrize("typed", NONE.values(), ids=NONE)
def test_every_reference_that_is_not_there_gets_one_answer(browsers, typed):
    response = look_up(browsers, typed)
    assert (response.status_code, errors(response)) == (422, NOT_FOUND)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("typed", [NONE["too short"], NONE["10 kB"], NONE["other signs"], NO_RECEIPT])
def test_every_look_up_asks_the_database_the_same(browsers, typed):
    def questions(reference):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            look_up(browsers, reference)
        return [query["sql"].partition("WHERE")[0] for query in asked if "submissiondetail" in query["sql"]]

    assert questions(typed) == questions("LV-7K2M-9QTD-3XW")


def test_the_holder_of_a_reference_sees_its_state_and_nothing_answered(browsers):
    world = browsers.world
    code = receipt_of(world.rounds["open"], "author", world)
    spellings = [code, code.lower(), f"LV-{code[:4]}-{code[4:8]}-{code[8:]}", f" lv {code[:4]} {code[4:]} "]
    pages = [look_up(browsers, spelling) for spelling in spellings]
    assert [page.status_code for page in pages] == [200] * 4
    assert len({without_what_was_typed(page) for page in pages}) == 1
    page = pages[0].content.decode()
    assert [number for number in ("6101", "61.01", "1907", "Member A1", "Group A") if number in page] == []
