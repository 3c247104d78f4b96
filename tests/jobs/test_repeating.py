import threading

import pytest

from lastvote.jobs.repeating import Repeating

pytestmark = pytest.mark.django_db


def test_it_does_its_thing_again_and_again_and_stops():
    done = threading.Semaphore(0)
    repeating = Repeating(name="x", seconds=0.01, action=done.release)
    repeating.start()
    assert [done.acquire(timeout=5) for _time in range(3)] == [True] * 3
    repeating.stop()
    assert repeating.alive() is False


def test_a_failure_is_not_the_end():
    tries = threading.Semaphore(0)

    def action():
        tries.release()
        raise ValueError

    repeating = Repeating(name="x", seconds=0.01, action=action)
    repeating.start()
    assert [tries.acquire(timeout=5) for _time in range(3)] == [True] * 3
    repeating.stop()


def test_starting_twice_gives_one_thread():
    repeating = Repeating(name="only-one", seconds=60, action=lambda: None)
    repeating.start()
    repeating.start()
    assert [thread.name for thread in threading.enumerate()].count("only-one") == 1
    repeating.stop()


def test_it_can_be_started_again():
    done = threading.Semaphore(0)
    repeating = Repeating(name="x", seconds=0.01, action=done.release)
    repeating.start()
    repeating.stop()
    assert repeating.alive() is False
    repeating.start()
    assert done.acquire(timeout=5) is True
    repeating.stop()


def test_stopping_what_never_started_is_nothing():
    Repeating(name="x", seconds=1, action=lambda: None).stop()
