"""Words as a search compares them: in one normal form and in small letters, on every database alike."""

import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField, Value
from django.db.models.functions import Coalesce


def fold(words: str) -> str:
    """Return words in their composed form and small letters, whatever the script."""
    return unicodedata.normalize("NFC", words).lower()


class Joined(Func):
    """Texts one after the other, each on a line of its own, so that no word is found across a border; none is empty.

    Written flat: a call inside a call for each text is more than SQLite can read.
    """

    template = "%(expressions)s"
    arg_joiner = " || '\n' || "
    output_field = TextField()

    def __init__(self, *texts: Any, **extra: Any) -> None:
        super().__init__(*(Coalesce(text, Value(""), output_field=TextField()) for text in texts), **extra)


class Folded(Func):
    """The same done by the database."""

    function = "LASTVOTE_FOLD"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        """Name the rules for letters: those of the database may know the first 26 alone."""
        template = 'LOWER(NORMALIZE((%(expressions)s)::text) COLLATE "und-x-icu")'
        return self.as_sql(compiler, connection, template=template, **context)


def teach(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Give SQLite the function, as soon as it is connected to."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            Folded.function, 1, lambda words: None if words is None else fold(words), deterministic=True
        )
