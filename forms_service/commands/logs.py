"""Log lines of a process on its standard error; they carry ids and codes, never what people wrote."""

from __future__ import annotations

import logging


def log_to_terminal(quiet: bool) -> None:
    logging.basicConfig(
        level=logging.WARNING if quiet else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    for talkative in ("alembic", "fontTools", "weasyprint"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
