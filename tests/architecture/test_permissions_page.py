"""The page on who may do what says what the code does."""

import re
from pathlib import Path

from lastvote.access import EVERYBODY, ROLE_PERMISSIONS, Permission, Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([\w, ]+) \|$", re.MULTILINE)


def holders(permission):
    if permission in EVERYBODY:
        return "everybody"
    return ", ".join(role.value for role in Role if permission in ROLE_PERMISSIONS[role]) or "nobody"


def test_page_lists_every_permission_with_its_roles_in_order():
    assert ROW.findall(PAGE.read_text()) == [(permission.value, holders(permission)) for permission in Permission]


def test_page_names_the_roles_that_hold_nothing():
    powerless = [role.value for role in Role if not ROLE_PERMISSIONS[role]]
    paragraph = PAGE.read_text().split("Roles that are not in the last column")[1].split("\n\n")[0]
    assert re.findall(r"`(\w+)`", paragraph) == powerless


def test_every_role_has_a_row_in_the_table():
    assert set(ROLE_PERMISSIONS) == set(Role)
