"""No series of published means gives an answer away (P9); the reader is shown to be good enough to find one."""

from tests.proofs import attacks
from tests.proofs.attacks import Mean, Round, as_published, every_mean, published, recovered

SEEDS = range(1, 501)
NINE = {person: (1000 * person, 10_000 - 1000 * person) for person in range(9)}


def test_no_answer_is_recovered_from_what_is_published():
    outcome = attacks.attack(SEEDS, attacks.as_published)
    assert (outcome.recovered, outcome.alone) == ((), ())
    assert outcome.moved > 100
    assert outcome.of_communities > 20
    assert outcome.held > 100


def test_the_same_reader_recovers_answers_where_every_mean_is_published():
    assert len(attacks.attack(range(1, 51), attacks.every_mean).recovered) >= 3


def test_a_tenth_answer_after_a_mean_of_nine_is_recovered():
    assert recovered([Mean(1, NINE), Mean(2, {**NINE, 9: (3700, 6300)})]) is True


def test_two_means_of_other_people_tell_nothing():
    others = {person + 20: points for person, points in NINE.items()}
    assert recovered([Mean(1, NINE), Mean(2, others)]) is False


def test_a_mean_of_people_who_all_say_one_thing_tells_it_by_itself():
    assert recovered([Mean(1, dict.fromkeys(range(5), (10_000, 0)))]) is True


LEFT_ALONE = {person: NINE[person] for person in range(5)} | {9: (3700, 6300)}
FIVE = frozenset(range(5))
TEN_LEAVE = [Round(NINE | {10: (500, 9500)}, (FIVE,), protects=True), Round(LEFT_ALONE, (FIVE,))]


def test_a_group_of_which_a_community_and_one_more_are_left_is_recovered_where_only_groups_are_compared():
    """The mean of the community was told; beside it, the new mean of the group is the one answer."""
    everything = published(TEN_LEAVE, every_mean)
    assert [(mean.number, mean.of_community) for mean in everything] == [(1, False), (1, True), (2, False)]
    assert recovered(everything) is True
    assert recovered([everything[0], everything[2]]) is False
    assert [(mean.number, mean.of_community) for mean in published(TEN_LEAVE, as_published)] == [(1, False), (1, True)]
