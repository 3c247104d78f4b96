"""What runs on the second database."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.data_only import touches_data


def test_a_test_that_asks_for_nothing_is_left_out(request):
    assert touches_data(request.node) is False


@pytest.mark.django_db
def test_a_marked_test_stays(request):
    assert touches_data(request.node) is True


@pytest.fixture
def kind(db):
    return ContentType.objects.first()


def test_a_test_whose_fixture_asks_for_data_stays(request, kind):
    assert touches_data(request.node) is True


@pytest.mark.broker
def test_a_test_of_a_server_stays(request):
    assert touches_data(request.node) is True
