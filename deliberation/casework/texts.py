"""Texts in several languages, typed anew: which translations no longer fit what was written."""

from collections.abc import Mapping

from lastvote.texts import Text


def revised(before: Text | None, typed: Mapping[str, str], *, source: str) -> Text:
    """Return the typed texts; a translation left as it was is out of date once its source changes.

    Texts in languages that the form does not offer stay. Empty translations go.
    """
    old = before["texts"] if before else {}
    texts = {**old, **typed}
    texts = {language: words for language, words in texts.items() if words or language == source}
    moved = before is not None and old.get(source) != texts[source]
    stale = {*before["outdated"], *(old if moved else ())} if before else set()
    left = [language for language in texts if language != source and texts[language] == old.get(language)]
    return {"source": source, "texts": texts, "outdated": [language for language in left if language in stale]}
