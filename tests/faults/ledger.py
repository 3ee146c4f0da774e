"""The count of everything that was done to the service and of everything that went wrong, per fault and database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.audit import Kind, Violation

COLUMNS = ("rounds", "kills", "runs", "lost", "twice", "unknown shown", "event gaps", "other", "seconds")
OF_KIND = {Kind.LOST: "lost", Kind.TWICE: "twice", Kind.GAP: "event gaps"}


@dataclass(slots=True)
class Ledger:
    """(fault, database) → column → count."""

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def add(self, fault: str, database: str, **amounts: float) -> None:
        """Amounts by column; a space in a column's name is an underscore here."""
        for column, amount in amounts.items():
            name = column.replace("_", " ")
            assert name in COLUMNS, name
            self.counts.setdefault((fault, database), Counter())[name] += amount  # type: ignore[assignment]

    def find(self, fault: str, database: str, violations: Iterable[Violation]) -> None:
        for violation in violations:
            self.counts.setdefault((fault, database), Counter())[OF_KIND.get(violation.kind, "other")] += 1

    def plain(self) -> list[dict[str, object]]:
        """As JSON can keep it, one line for each fault and database."""
        lines = sorted(self.counts.items(), key=lambda line: (int(line[0][0].lstrip("F")), line[0][1]))
        return [
            {"fault": fault, "database": database, **{name: round(counts[name]) for name in COLUMNS}}
            for (fault, database), counts in lines
        ]

    def take_in(self, lines: Iterable[Mapping[str, object]]) -> None:
        """Add what another process counted."""
        for line in lines:
            place = (str(line["fault"]), str(line["database"]))
            counts = self.counts.setdefault(place, Counter())
            counts.update({name: int(str(line[name])) for name in COLUMNS})

    def table(self) -> str:
        """A table in Markdown."""
        rows = [["fault", "database", *COLUMNS]]
        rows += [[str(line[name]) for name in rows[0]] for line in self.plain()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        written = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return "\n".join([written[0], rule, *written[1:]])

    def keep(self, folder: Path, factor: float, seed: str) -> None:
        """faults.json and faults.md."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {"factor": factor, "seed": seed, "counts": self.plain()}
        (folder / "faults.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
        (folder / "faults.md").write_text(f"Factor {factor:g}, seed {seed}.\n\n{self.table()}\n", encoding="utf-8")
