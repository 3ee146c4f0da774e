"""All children of one ``up``: started together, tended, stopped in order."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from threading import Event

from forms_service.errors import MachineNotReady
from forms_service.supervision.child import Child, Part

LOOK_EVERY = 0.25
PATIENCE = 10.0
"""Seconds that the parts get to finish what they are doing."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Crew:
    """Children in the order in which they start; they stop in the opposite one."""

    children: list[Child] = field(default_factory=list)

    def start(self, *parts: Part) -> None:
        for part in parts:
            child = Child(part)
            self.children.append(child)
            child.start()

    def tend(self) -> None:
        now = time.monotonic()
        for child in self.children:
            noticed = child.tend(now)
            if noticed:
                log.warning(noticed)

    def insist_on_life(self) -> None:
        """For the start, when a part that ends has a reason that trying again does not mend. MachineNotReady."""
        for child in self.children:
            if not child.is_alive():
                raise MachineNotReady(f"{child.part.name} could not start; what went wrong stands above.")

    def tend_until(self, stop: Event) -> None:
        while not stop.wait(LOOK_EVERY):
            self.tend()

    def stop(self) -> None:
        """The first child, the doorbell, goes last: the others still speak to it while they finish."""
        until = time.monotonic() + PATIENCE
        others = self.children[1:]
        for child in others:
            child.ask_to_stop()
        for child in others:
            child.wait(until)
        for child in self.children[:1]:
            child.ask_to_stop()
            child.wait(until)
