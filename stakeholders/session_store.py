"""Where sessions are kept: in Django's own table. Only what is said of a database that breaks is our own.

Django takes any trouble with saving for a session that was deleted meanwhile, and nothing more would be said of it. A
broken database is a fault of ours: whoever hears 500 sends the same again, and the key of the form answers with what
was stored.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError


class SessionStore(db.SessionStore):
    """Sessions in the database."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Save, and let a fault of the database be one."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
