"""Rows 47 to 51: days that are none, out of range, the wrong way round or too late."""

import pytest

from assessments.models import RoundProposal, WeightRound
from stakeholders.models import Jurisdiction
from tests.bad_input.typist import Typist, boxes, errors

NOT_A_DAY = "The opening day must be a real date, like 3 June 2027"


@pytest.fixture
def announcer(world):
    return Typist.of(world, "secretariat", state="rated")


def announce(announcer, opens, closes, **more):
    return announcer.post(f"{announcer.desk}announce/", {"opens_at": opens, "closes_at": closes, **more})


@pytest.mark.parametrize(
    "typed",
    [
        "2025-02-30", "2026-13-01", "0000-06-20", "99999-06-20", "20260620", "2026-6", "20 June", "tomorrow",
        "30/02/2026", "2026-06-20T10:00", "2026-06-20 10:00+00:00", "1e3", "20 June 2026\x00", "<b>", "-1", "9" * 2000,
    ],
    ids=lambda typed: ascii(typed[:24]),
)  # fmt: skip
def test_row_47_what_is_no_day_is_named_with_an_example(announcer, typed):
    response = announce(announcer, typed, "20 July 2026")
    assert (response.status_code, errors(response)) == (422, [NOT_A_DAY])
    assert boxes(response) == {"opens_at": typed, "closes_at": "20 July 2026"}


@pytest.mark.parametrize(
    "typed", ["20 June 2026", "2026-06-20", "20/06/2026", "20.06.2026", " 20 jun 2026 ", "٢٠٢٦-٠٦-٢٠"]
)
def test_row_47_a_day_may_be_typed_in_several_ways(announcer, typed):
    assert announce(announcer, typed, "10 July 2026", confirmed="1").status_code == 302
    opens = WeightRound.objects.latest("pk").opens_at
    assert opens.isoformat() == "2026-06-20T16:00:00+00:00"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Lisbon"])
@pytest.mark.parametrize(("opens", "closes"), [("0001-01-01", "0001-01-20"), ("9999-12-10", "9999-12-31")])
def test_row_49_days_out_of_range_are_refused(world, zone, opens, closes):
    Jurisdiction.objects.filter(slug="testville").update(timezone=zone)
    response = announce(Typist.of(world, "secretariat", state="rated"), opens, closes, confirmed="1")
    assert response.status_code == 422
    assert errors(response)[0] == NOT_A_DAY


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/Sao_Paulo", "Pacific/Apia"])
def test_row_48_the_closing_hour_is_local_on_the_day_the_clocks_change(world, zone):
    Jurisdiction.objects.filter(slug="testville").update(timezone=zone)
    response = announce(Typist.of(world, "secretariat", state="rated"), "2026-10-04", "2026-10-25", confirmed="1")
    assert response.status_code == 302
    weight_round = WeightRound.objects.latest("pk")
    jurisdiction = Jurisdiction.objects.get(slug="testville")
    local = [instant.astimezone(jurisdiction.zone) for instant in (weight_round.opens_at, weight_round.closes_at)]
    assert [(day.month, day.day, day.hour) for day in local] == [(10, 4, 17), (10, 25, 17)]


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        ("20 June 2026", "19 June 2026", "The closing day must be after the opening day"),
        ("20 June 2026", "20 June 2026", "The closing day must be after the opening day"),
        ("20 June 2026", "4 July 2026", "The round must be open for 15 to 30 days."),
        ("20 June 2026", "21 July 2026", "The round must be open for 15 to 30 days."),
        ("5 June 2026", "25 June 2026", "The round must open at least 7 days after it is announced."),
        ("20 May 2026", "10 June 2026", "The round must open at least 7 days after it is announced."),
    ],
)
def test_row_50_windows_outside_the_policy_are_refused(announcer, opens, closes, sentence):
    before = RoundProposal.objects.count()
    response = announce(announcer, opens, closes, confirmed="1")
    assert (response.status_code, errors(response)) == (422, [sentence])
    assert boxes(response) == {"opens_at": opens, "closes_at": closes}
    assert RoundProposal.objects.count() == before


@pytest.mark.parametrize(
    ("closes", "status", "sentence"),
    [
        ("20 June 2026", 409, "The new end must be later than the present one."),
        ("1 June 2026", 409, "The new end must be later than the present one."),
        ("22 June 2020", 409, "The new end must be later than the present one."),
        ("31 December 2026", 422, "The new end may be at most 10 days later."),
        ("", 422, "Enter the new closing day"),
        ("31 June 2026", 422, "The new closing day must be a real date, like 24 June 2027"),
    ],
)
def test_row_51_a_deadline_does_not_move_earlier_nor_too_far(secretariat, closes, status, sentence):
    before = list(WeightRound.objects.order_by("pk").values_list("closes_at", flat=True))
    data = {"closes_at": closes, "reason": "More time.", "confirmed": "1"}
    response = secretariat.post(f"{secretariat.desk}extend/", data)
    assert (response.status_code, errors(response)) == (status, [sentence])
    assert boxes(response) == {"closes_at": closes, "reason": "More time."}
    assert list(WeightRound.objects.order_by("pk").values_list("closes_at", flat=True)) == before


def test_row_51_a_deadline_moves_once(secretariat):
    data = {"closes_at": "25 June 2026", "reason": "More time.", "confirmed": "1"}
    assert secretariat.post(f"{secretariat.desk}extend/", data).status_code == 302
    response = secretariat.post(f"{secretariat.desk}extend/", data | {"closes_at": "28 June 2026"})
    assert (response.status_code, errors(response)) == (409, ["A round can be extended only once."])
