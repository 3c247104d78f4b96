"""Texts that are data: one text in several languages, with the language it was written in.

Stored as ``{"source": "en", "texts": {"en": "...", "pt": "..."}, "outdated": ["pt"]}``.
"""

from typing import Any, TypedDict

from django.utils.translation import get_language


class Text(TypedDict):
    """A translated text as it lies in the database."""

    source: str
    texts: dict[str, str]
    outdated: list[str]


def text(words: str, language: str = "en") -> Text:
    """Make a text written in ``language`` and not translated yet."""
    return {"source": language, "texts": {language: words}, "outdated": []}


def words_of(value: dict[str, Any] | None, language: str | None = None) -> str:
    """Return the words in ``language`` (the page's language by default), else in the source language."""
    if not value:
        return ""
    texts = value["texts"]
    wanted = language or get_language() or value["source"]
    return str(texts.get(wanted, texts[value["source"]]))


def language_of(value: dict[str, Any] | None, language: str | None = None) -> str:
    """Return the language of the words that ``words_of`` returns."""
    if not value:
        return ""
    wanted = language or get_language() or value["source"]
    return wanted if wanted in value["texts"] else str(value["source"])
