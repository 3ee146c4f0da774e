"""python -m tests.bench [part …] [--small]: measure all parts, or those that are named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.bench.desk import main as desk
from tests.bench.forms import main as forms
from tests.bench.idle import main as idle
from tests.bench.poller import main as poller
from tests.bench.recovery import main as recovery
from tests.bench.size import SMALL, WHOLE, Size
from tests.bench.spine import main as spine
from tests.bench.steps import main as steps

PARTS: dict[str, Callable[[Size], None]] = {
    "spine": spine,
    "forms": forms,
    "desk": desk,
    "steps": steps,
    "recovery": recovery,
    "poller": poller,
    "idle": idle,
}


def main(words: Sequence[str]) -> int:
    names = [word for word in words if word != "--small"]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
        return 2
    for name in names or PARTS:
        print(f"\n== {name} ==", flush=True)
        PARTS[name](SMALL if "--small" in words else WHOLE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
