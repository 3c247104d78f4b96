"""Fields of a body that an address does not know."""

import pytest

from lastvote.rest.body import MOST_TOLD, refuse_unknown
from lastvote.rest.problems import Unusable


def test_of_very_many_unknown_fields_only_the_first_are_told():
    with pytest.raises(Unusable) as refused:
        refuse_unknown({f"x{number}": 1 for number in range(3 * MOST_TOLD)}, ["points"])
    assert [fault.field for fault in refused.value.faults] == [f"/x{number}" for number in range(MOST_TOLD)]
