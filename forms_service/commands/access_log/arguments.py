"""The words after ``forms-service access-log``."""

from __future__ import annotations

import argparse
from pathlib import Path

from forms_service.commands.runs.arguments import deed


def add_access_log(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT")
    verify = deed(deeds, "verify", "work every seal out again, and tell which do not hold")
    verify.add_argument("--noted", metavar="NUMBER:DIGEST", help="a seal that was written down earlier")
    export = deed(deeds, "export", "what the log says of one participant, as CSV; the export is logged too")
    export.add_argument("case", metavar="CASE", help="the case number")
    export.add_argument("--reason", required=True, help="why; it stands in the log")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write it")
