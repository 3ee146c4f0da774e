"""All tables in one place, for those who need them to be known: the migrations and the tests."""

from __future__ import annotations

from forms_service.storage import accounts, cases, drafts, outbox, papers, people, register, runs, uploads
from forms_service.storage.base import Base

__all__ = ["Base", "accounts", "cases", "drafts", "outbox", "papers", "people", "register", "runs", "uploads"]
