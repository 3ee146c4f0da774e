"""What an installation decides: defaults, then ``instance/settings.toml``, then the ``FORMS_*`` environment."""

from __future__ import annotations

from forms_service.settings.model import ServiceIdentity, Settings
from forms_service.settings.read import read_settings

__all__ = ["ServiceIdentity", "Settings", "read_settings"]
