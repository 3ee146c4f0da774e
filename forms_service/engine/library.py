"""Published workflows: frozen with every file they use, found again by the runs that started on them."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from forms_service.engine.edition import Edition, in_language
from forms_service.engine.left_out import may_be_left_out
from forms_service.engine.plan import plan_of
from forms_service.errors import DefinitionError, NotFound
from forms_service.language.definitions import Definitions
from forms_service.language.described import words_of_service
from forms_service.language.files import Files
from forms_service.language.load import files_of, load
from forms_service.language.named import named
from forms_service.language.titles import other_titles
from forms_service.language.vocabulary import Vocabulary
from forms_service.storage.base import new_id
from forms_service.storage.insert import insert_if_new
from forms_service.storage.runs import DefinitionRow
from forms_service.translation.catalogue import SOURCE
from forms_service.translation.naming import AS_WRITTEN, Naming
from forms_service.translation.spoken import spoken

PUBLISH_TRIES = 10

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Library:
    """The files of this process, checked, and all editions it has met."""

    files: Files
    vocabulary: Vocabulary
    naming: Naming = AS_WRITTEN
    definitions: Definitions = field(init=False)
    _editions: dict[str, Edition] = field(init=False, default_factory=dict)
    _current: dict[str, str] = field(init=False, default_factory=dict)
    _read_in: dict[tuple[str, str], Edition] = field(init=False, default_factory=dict)
    _current_in: dict[str, Definitions] = field(init=False, default_factory=dict)
    _titles_in: dict[str, Mapping[str, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.definitions = named(load(self.files, self.vocabulary), self.naming)

    def current(self) -> Definitions:
        """What new runs start on."""
        return self.definitions

    def publish(self, session: Session, now: datetime) -> None:
        """Freeze every workflow of this process; one that is published already keeps its version."""
        for key in self.definitions.workflows:
            self._current[key] = _freeze(session, key, dict(files_of(self.definitions, key, self.files)), now)

    def newest(self, session: Session, workflow: str) -> Edition:
        """The edition that a new run of ``workflow`` starts on."""
        if workflow not in self._current:
            raise NotFound("there is no workflow of this name")
        return self.of(session, self._current[workflow])

    def of(self, session: Session, definition_id: str) -> Edition:
        """The edition of a run; read from the database the first time."""
        if definition_id not in self._editions:
            self._editions[definition_id] = self._read(session, definition_id)
        return self._editions[definition_id]

    def version_of(self, session: Session, workflow: str, definition_id: str) -> Edition:
        """The edition, when it is one of this workflow's; NotFound when it is another's, or nobody's."""
        known = select(DefinitionRow.id).where(DefinitionRow.id == definition_id, DefinitionRow.workflow == workflow)
        if session.scalar(known) is None:
            raise NotFound("this workflow has no such version")
        return self.of(session, definition_id)

    def newest_after(self, session: Session, workflow: str, moment: datetime) -> frozenset[str]:
        """The versions of a workflow that were still the last one at that moment, or have become one since."""
        later = aliased(DefinitionRow)
        replaced = exists().where(later.workflow == workflow, later.version > DefinitionRow.version)
        newest = select(DefinitionRow.id).where(DefinitionRow.workflow == workflow)
        return frozenset(session.scalars(newest.where(~replaced.where(later.published_at < moment))))

    def if_readable(self, session: Session, definition_id: str) -> Edition | None:
        """The same; None for a version that this program cannot read any more, which must not stop other runs."""
        try:
            return self.of(session, definition_id)
        except DefinitionError:
            log.warning("version %s cannot be read any more", definition_id)
            return None

    def as_read(self, session: Session, definition_id: str) -> Edition | None:
        """The same in the language that is spoken: what pages show of it."""
        edition, language = self.if_readable(session, definition_id), spoken()
        if edition is None or language == SOURCE:
            return edition
        if (edition.id, language) not in self._read_in:
            self._read_in[edition.id, language] = in_language(edition, language, self.titles())
        return self._read_in[edition.id, language]

    def current_as_read(self) -> Definitions:
        """What new runs start on, in the language that is spoken."""
        language = spoken()
        if language not in self._current_in:
            self._current_in[language] = self.definitions.in_language(language)
        return self._current_in[language]

    def titles(self) -> Mapping[str, str]:
        """By the bokmål title what today's files call it in the language that is spoken; refusals are among them."""
        language = spoken()
        if language not in self._titles_in:
            service = words_of_service(self.files, language)
            self._titles_in[language] = {**service, **other_titles(self.definitions, self.current_as_read())}
        return self._titles_in[language]

    def _read(self, session: Session, definition_id: str) -> Edition:
        row = session.get_one(DefinitionRow, definition_id)
        definitions = named(load(row.files, self.vocabulary, alone=True), self.naming)
        workflow = definitions.workflows[row.workflow]
        return Edition(row.id, workflow, definitions, plan_of(workflow), may_be_left_out(workflow, definitions))


def _freeze(session: Session, workflow: str, files: Mapping[str, str], now: datetime) -> str:
    sha256 = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    known = select(DefinitionRow.id).where(DefinitionRow.workflow == workflow, DefinitionRow.sha256 == sha256)
    for _ in range(PUBLISH_TRIES):
        found = session.scalar(known)
        if found:
            return found
        _insert(session, workflow, sha256, files, now)
    raise RuntimeError("publishing lost every race")


def _insert(session: Session, workflow: str, sha256: str, files: Mapping[str, str], now: datetime) -> None:
    """Insert the next version, unless another process was first with it."""
    newest = session.scalar(select(func.max(DefinitionRow.version)).where(DefinitionRow.workflow == workflow)) or 0
    row = {"id": new_id(), "workflow": workflow, "version": newest + 1, "sha256": sha256, "files": dict(files)}
    insert_if_new(session, DefinitionRow, **row, published_at=now)
