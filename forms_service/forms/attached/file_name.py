"""A file's name, as it can stand in a list and in a header: no folders, nothing unseen, and an ending that is true."""

from __future__ import annotations

import re

from forms_service.forms.attached.kinds import ENDS, Kind
from forms_service.forms.clean import clean_line

LONGEST = 80
UNWANTED = re.compile(r'[<>:"|?*;%\\/`${}\[\]]')


def clean_name(name: str, kind: Kind) -> str:
    """``../Kari/brev.PDF.exe`` → ``brev.PDF.pdf``; a name of nothing else is «vedlegg»."""
    last = re.split(r"[\\/]", clean_line(name))[-1]
    stem = UNWANTED.sub("", last.rpartition(".")[0] if "." in last else last).strip(" .-=+@'") or "vedlegg"
    return f"{stem[:LONGEST].strip()}.{ENDS[kind]}"
