"""``python -m forms_service`` is the command ``forms-service``."""

from __future__ import annotations

import sys

from forms_service.cli import main

if __name__ == "__main__":
    sys.exit(main())
