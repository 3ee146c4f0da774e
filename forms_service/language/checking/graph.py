"""Circles in a graph: which nodes lead back to themselves. Nothing recurses, so that a long chain exhausts nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]
"""Each node and those that it leads to, nodes of the same graph."""


def groups(graph: Graph) -> list[set[str]]:
    """Nodes that lead to each other stand in one group, which comes after all groups that it leads to (Kosaraju)."""
    back = turned_round(graph)
    found: list[set[str]] = []
    taken: set[str] = set()
    for node in reversed(list(left_last(graph))):
        if node not in taken:
            group = reached(back, node, taken)
            taken |= group
            found.append(group)
    return found[::-1]


def circle(graph: Graph, group: Collection[str]) -> list[str]:
    """A shortest way from the group's first node back to itself; nothing when no way leads back."""
    start = min(group)
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting and start not in came_from:
        node = waiting.popleft()
        for other in graph[node]:
            if other in group and other not in came_from:
                came_from[other] = node
                waiting.append(other)
    return way_back(came_from, start) if start in came_from else []


def way_back(came_from: Mapping[str, str], start: str) -> list[str]:
    way = [start, came_from[start]]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def left_last(graph: Graph) -> Iterator[str]:
    """Every node after all that it leads to, as far as that is possible."""
    seen: set[str] = set()
    for root in graph:
        path = [] if root in seen else [(root, iter(graph[root]))]
        seen.add(root)
        while path:
            node, others = path[-1]
            new = next((other for other in others if other not in seen), None)
            if new is None:
                path.pop()
                yield node
            else:
                seen.add(new)
                path.append((new, iter(graph[new])))


def reached(graph: Graph, start: str, without: Collection[str]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in graph[waiting.pop()]:
            if other not in found and other not in without:
                found.add(other)
                waiting.append(other)
    return found


def turned_round(graph: Graph) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {node: [] for node in graph}
    for node, others in graph.items():
        for other in others:
            back[other].append(node)
    return back
