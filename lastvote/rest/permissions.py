"""Deny by default: an address of the API that names nobody is open to nobody."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Nobody(BasePermission):
    """What a view gets that does not say who may use it."""

    def has_permission(self, _request: Request, _view: Any) -> bool:
        return False
