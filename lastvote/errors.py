"""The one refusal. Actions raise it, pages and API show it with the same code."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 -- a refusal is not a fault
    """An act that may not happen now, or not by this person, or not with this input.

    ``code`` is stable and machine-readable, ``message`` one plain sentence, ``status`` the HTTP status,
    ``details`` facts for machines, ``fields`` sentences by form field.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        *,
        status: int = 422,
        details: dict[str, Any] | None = None,
        fields: Mapping[str, Sequence[str | Promise]] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status
        self.details = details or {}
        self.fields = dict(fields or {})
