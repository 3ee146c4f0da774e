"""Hatchling's hook: the front-end files are fetched by lock file before the package is packed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))  # the build backend does not look for modules here
from tools.setup import frontend


class FrontEndHook(BuildHookInterface[Any]):
    """Runs for wheel and sdist; an sdist carries the files, so a wheel made from it needs no npm."""

    def dependencies(self) -> list[str]:
        if frontend.is_current(Path(self.root)):
            return []
        return [frontend.FONT_TOOLS, *([] if frontend.npm_here() else [frontend.WHEEL])]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if not frontend.is_current(root):
            self.app.display_info("Fetching the front-end files that package-lock.json names")
            frontend.fetch(root, frontend.npm_here() or frontend.NPM_FROM_WHEEL, sys.executable)
