"""Folders that nobody writes in good faith, or that are very large; a program that checks them within limits."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Mapping
from functools import partial

from forms_service.language.check import problems_of
from tests.unit.language.small import FOLDER, ORDER, WORKSHOP

Folder = Mapping[str, str]
MEMORY, SECONDS = 1 << 30, 300
ASK = "{{id: {0}, ask: mechanic, form: look}}"
LAUGHS = "\n".join(["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30))])


def workflow(name: str, *steps: str) -> str:
    return f"workflow: {name}\ntitle: T\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)


def of(*steps: str) -> Folder:
    return {**FOLDER, "long.yaml": workflow("long", *steps)}


def when(number: int, condition: str) -> str:
    return f"{{id: c{number}, choose: [{{when: {condition}, steps: [{{end: x}}]}}, {{otherwise: continue}}]}}"


def asks(count: int) -> Folder:
    half = range(count // 2)
    return of(*(ASK.format(f"s{n}") for n in half), *(when(n, f's{n}.verdict = "mend"') for n in half))


AROUND: dict[str, str] = {
    "together": "{{id: {0}, together: [[{1}], [{{id: {0}_b, wait: 1 day}}]]}}",
    "each": "{{id: {0}, each: job.parts, as: item_{0}, steps: [{1}]}}",
    "choose": "{{id: {0}, choose: [{{when: job.hours > 1, steps: [{1}]}}, {{otherwise: continue}}]}}",
    "failed": "{{id: {0}, do: give_back, failed: [{1}]}}",
}


def tower(kind: str, count: int, depth: int = 9) -> Folder:
    """Steps within steps, as deep as files may go, with many beside each."""
    inner = ""
    for level in range(depth):
        beside = ", ".join(ASK.format(f"s{level}_{n}") for n in range(count // depth))
        inner = AROUND[kind].format(f"x{level}", f"{beside}, {inner}" if inner else beside)
    return of(inner)


def lanes(count: int) -> Folder:
    written = ", ".join(f"[{ASK.format(f's{n}')}]" for n in range(count))
    return of(f"{{id: t, together: [{written}]}}")


def runs(count: int, waits: str = "", last: str = "") -> Folder:
    """Workflows that start each other in a circle, or in a chain when the last one does something else."""
    steps = [f"{{id: r, run: w{(n + 1) % count}{waits}}}" for n in range(count)]
    steps[-1] = last or steps[-1]
    return {**FOLDER, **{f"w{n}.yaml": workflow(f"w{n}", step) for n, step in enumerate(steps)}}


def moves(count: int) -> Folder:
    fields = "".join(f"      - {{name: f{n}, label: L, type: text}}\n" for n in range(count))
    steps = [f"{{id: m{n}, do: take_in, from: q}}" for n in range(count)]
    return {**of("{id: q, ask: owner, form: order}", *steps), "forms/order.yaml": ORDER + fields}


def papers(count: int, kinds: int = 40) -> Folder:
    """Each step makes another document than the one before it."""
    documents = {}
    for n in range(kinds):
        documents[f"documents/d{n}/document.yaml"] = f"document: d{n}\ntitle: T\nopen_to: [owner]\nuses: [job.hours]\n"
        documents[f"documents/d{n}/document.html"] = f"<p>{n} {{{{ job.hours }}}}</p>"
    return {**of(*(f"{{id: p{n}, make: d{n % kinds}}}" for n in range(count))), **documents}


def page(template: str) -> Folder:
    return {**FOLDER, "documents/slip/document.html": template}


def many_words(count: int) -> Folder:
    steps = [ASK.format(f"s{n}").replace("look", f"{'ab' * 20}{n}") for n in range(100)]
    return {**FOLDER, **{f"w{n}.yaml": workflow(f"w{n}", *steps) for n in range(count)}}


SIZED: dict[str, Callable[[int], Folder]] = {
    "asks and choices": asks,
    **{f"steps in {kind}": partial(tower, kind) for kind in AROUND},
    "moves from a large form": moves,
    "documents": papers,
    "a circle of runs": runs,
    "a chain of waits": lambda count: runs(count, ", waits: true", "{id: w, wait: 1 day}"),
}
"""Folders of any size; what is done for them must grow as they do."""
FOLDERS: dict[str, Callable[[], Folder]] = {
    "10,000 asks and choices": lambda: asks(10_000),
    **{f"10,000 steps in {kind}": partial(tower, kind, 10_000) for kind in AROUND},
    "too deep": lambda: tower("choose", 100, depth=30),
    "10,000 lanes": lambda: lanes(10_000),
    "1,000 workflows in a circle": lambda: runs(1_000),
    "1,000 workflows that wait in a circle": lambda: runs(1_000, ", waits: true"),
    "1,000 workflows that wait in a chain": lambda: runs(1_000, ", waits: true", "{id: w, wait: 1 day}"),
    "everything runs everything": lambda: {
        **FOLDER,
        **{f"w{n}.yaml": workflow(f"w{n}", *(f"{{id: r{m}, run: w{m}}}" for m in range(100))) for n in range(100)},
    },
    "5,000 moves from a form with 5,000 fields": lambda: moves(5_000),
    "10,000 documents": lambda: papers(10_000),
    "unknown words in 300 files": lambda: many_words(300),
    "names that are almost alike": lambda: of(
        *(ASK.format(f"{'a' * 33}{n}") for n in range(3_000)),
        *(when(n, f"{'a' * 33}{n}x.verdict is empty") for n in range(3_000)),
    ),
    "long expressions": lambda: of(*(when(n, " and ".join(["(job.hours + 1 > 3)"] * 40)) for n in range(900))),
    "deep expressions": lambda: of(*(when(n, "(" * 400 + "a" + ")" * 400) for n in range(900))),
    "an expression of 900,000 letters": lambda: of(when(1, "a" * 900_000)),
    "20,000 steps of one name": lambda: of(*["{id: a, wait: 1 day}"] * 20_000),
    "a document that uses 60,000 names": lambda: {
        **papers(1_000, 1),
        "documents/d0/document.yaml": "document: d0\ntitle: T\nopen_to: [owner]\nuses: ["
        + ", ".join(f"a{n}" for n in range(60_000))
        + "]\n",
    },
    "a template of sums": lambda: page("{{ 1" + "+1" * 120_000 + " }}"),
    "a template of filters": lambda: page("{{ a" + "|x" * 120_000 + " }}"),
    "a template of parts": lambda: page("{{ a" + ".x" * 120_000 + " }}"),
    "a template of calls": lambda: page("{{ a" + "()" * 120_000 + " }}"),
    "a template of parentheses": lambda: page("{{ " + "(" * 240_000),
    "a template of loops": lambda: page("{% for a in b %}" * 15_000),
    "a template of 1 MB": lambda: page("{{ a }}" * 149_000),
    "nonsense": lambda: {**FOLDER, "long.yaml": "%" * 1_000_000},
    "deep lists": lambda: {**FOLDER, "long.yaml": "[" * 1_000_000},
    "billion laughs": lambda: {**FOLDER, "long.yaml": LAUGHS},
}


def check_all() -> None:
    """Prints for each folder how long it took and how many problems it has; dies when a limit is reached."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for name, folder in FOLDERS.items():
        files, begun = folder(), time.process_time()
        problems = problems_of(files, WORKSHOP)
        said = str(problems[0])[:200] if problems else ""
        print(json.dumps([name, round(time.process_time() - begun, 2), len(problems), said]), flush=True)


if __name__ == "__main__":
    check_all()
