"""The words that the files of one folder may name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from forms_service.language.files import Files
from forms_service.language.keys.key import Takes
from forms_service.language.load import read
from forms_service.language.notes import Notes
from forms_service.language.vocabulary import Vocabulary

Known: TypeAlias = Mapping[Takes, Collection[str]]
"""Kind of word → all words of that kind; a kind that is not in it may be any word."""


def known_words(vocabulary: Vocabulary | None, files: Files) -> Known:
    """What a service lends its files, and what the files call each other; a kind with no word is left out."""
    found = read(files, Notes())
    words: dict[Takes, Collection[str]] = {
        Takes.FORM: found.forms,
        Takes.MESSAGE: found.messages,
        Takes.DOCUMENT: found.documents,
        Takes.WORKFLOW: found.workflows,
    }
    if vocabulary:
        words |= {
            Takes.ROLE: vocabulary.roles,
            Takes.MOVE: vocabulary.moves,
            Takes.RELEASE: vocabulary.releases,
            Takes.SUBJECT: vocabulary.subjects,
            Takes.PICK: vocabulary.picks,
        }
    return {kind: sorted(known) for kind, known in words.items() if known}
