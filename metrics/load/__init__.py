"""Catalog files -> Catalog, or an error that lists all mistakes, each with file, line and nearest name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from metrics.errors import CatalogError
from metrics.load.locks import loosened
from metrics.load.mistakes import Mistakes
from metrics.load.names import pairs, problems
from metrics.load.nodes import Document
from metrics.load.shelves import SHELVES, Entry, complements, entries, has_own
from metrics.model import Catalog

SHIPPED = Path(__file__).parent.parent / "catalog"

__all__ = ["SHIPPED", "load_catalog"]


def load_catalog(folder: Path = SHIPPED, extra: Path | None = None) -> Catalog:
    """Read a catalog folder and check everything in it.

    ``extra`` is a company's own folder: what its ``metrics/``, ``roles/`` and ``balance/`` hold is added, or
    takes the place of a shipped entry with the same id. A company may not change a metric's side, tags or
    required counters, nor replace a block rule, nor make another rule milder. ``origin`` of the catalog tells
    where each entry stands: ``metric win_rate`` -> ``catalog/metrics/sales.yaml:41``.

    Raises:
        CatalogError: one line for each mistake in the files.
    """
    if folder == SHIPPED and (extra is None or not has_own(extra)):
        return _shipped()
    return _load(folder, extra)


@cache
def _shipped() -> Catalog:
    """The shipped files do not change while the program runs; a company's may."""
    return _load(SHIPPED, None)


@cache
def _shipped_entries() -> tuple[Entry, ...]:
    """What the shipped files hold, read once however many companies add to it.

    Raises:
        CatalogError: there is a mistake in them.
    """
    mistakes = Mistakes()
    found = tuple(entries(SHIPPED, mistakes))
    mistakes.report()
    return found


def _load(folder: Path, extra: Path | None) -> Catalog:
    if not folder.is_dir():
        raise CatalogError(f"There is no catalog folder {folder}; give the folder that holds `metrics/`.")
    mistakes = Mistakes()
    shelved: dict[str, dict[str, Entry]] = {shelf.kind: {} for shelf in SHELVES}
    _put(shelved, _shipped_entries() if folder == SHIPPED else entries(folder, mistakes), mistakes)
    if extra is not None:
        _put(shelved, entries(extra, mistakes, own=True), mistakes)
    twins = complements(folder, mistakes)
    _check(shelved, twins, mistakes)
    mistakes.report()
    return _catalog(shelved, twins)


def _put(shelved: dict[str, dict[str, Entry]], found: Iterable[Entry], mistakes: Mistakes) -> None:
    for entry in found:
        before = shelved[entry.kind].get(entry.name)
        if before is None or before.item is None or (entry.own and not before.own):
            shelved[entry.kind][entry.name] = entry
            for steps, text in loosened(before.item, entry.item) if before else ():
                mistakes.add(entry.document.path, entry.line(*steps), text)
        elif entry.item is not None:
            text = f"{entry.kind} {entry.name!r} stands twice; the other is at {before.origin}"
            mistakes.add(entry.document.path, entry.line(), text)


def _check(shelved: dict[str, dict[str, Entry]], twins: Document | None, mistakes: Mistakes) -> None:
    items, unread = _split(shelved)
    for found in shelved.values():
        for entry in found.values():
            for steps, text in problems(entry.item, items):
                if not text.startswith(unread):
                    mistakes.add(
                        entry.document.path, entry.line(*steps), f"{entry.kind} {entry.name}: {text}"
                    )
    if twins:
        for steps, text in pairs(twins.value["complements"], items):
            if not text.startswith(unread):
                mistakes.add(twins.path, twins.line(steps), text)


def _split(shelved: dict[str, dict[str, Entry]]) -> tuple[dict[str, dict[str, Any]], tuple[str, ...]]:
    """What could be read, by kind and name; and how complaints about the rest begin.

    That an entry has a mistake in it is said once, not again wherever it is named.
    """
    items: dict[str, dict[str, Any]] = {kind: {} for kind in shelved}
    unread = []
    for kind, found in shelved.items():
        for name, entry in found.items():
            if entry.item is not None:
                items[kind][name] = entry.item
            else:
                unread.append(f"unknown {kind} {name!r}" if name else f"unknown {kind} ")
    return items, tuple(unread)


def _catalog(shelved: dict[str, dict[str, Entry]], twins: Document | None) -> Catalog:
    items, _ = _split(shelved)
    return Catalog(
        metrics=items["metric"],
        tables=items["table"],
        dimensions=items["dimension"],
        roles=items["role"],
        rules=items["rule"],
        sources=items["source"],
        stages=items["stage"],
        business_models=items["business model"],
        goals=items["goal"],
        complements=tuple(frozenset(pair) for pair in (twins.value["complements"] if twins else ())),
        origin={
            f"{kind} {name}": entry.origin for kind, found in shelved.items() for name, entry in found.items()
        },
    )
