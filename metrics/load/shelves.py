"""Which files of a catalog folder hold what, and how they are read into entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from metrics.definition import Frozen
from metrics.load.mistakes import Mistakes, nearest
from metrics.load.nodes import Document, Loc, read
from metrics.load.wording import sentences
from metrics.model import Adjustment, Dimension, Goal, Metric, Role, Rule, Source, Substitution, Table


@dataclass(frozen=True)
class Shelf:
    """One kind of entry: its files, the key of the list in them (none: a file is an entry), its name's key.

    ``shared`` keys stand once at the top of a file and belong to each of its entries.
    """

    kind: str
    files: str
    model: type[Frozen]
    listed: str = ""
    named: str = "id"
    shared: tuple[str, ...] = ()


SHELVES = (
    Shelf("source", "sources.yaml", Source, "sources"),
    Shelf("table", "tables/*.yaml", Table, "tables", "name"),
    Shelf("dimension", "dimensions.yaml", Dimension, "dimensions"),
    Shelf("metric", "metrics/*.yaml", Metric, "metrics", shared=("dimension", "side")),
    Shelf("role", "roles/*.yaml", Role),
    Shelf("rule", "balance/*.yaml", Rule),
    Shelf("stage", "stages.yaml", Adjustment, "stages", "stage"),
    Shelf("goal", "goals.yaml", Goal, "goals", "goal"),
    Shelf("business model", "business_models.yaml", Substitution, "business_models", "business_model"),
)
COMPLEMENTS = "complements.yaml"
COMPANY_KINDS = ("metric", "role", "rule")
"""What a company's own folder may add to."""


@dataclass(frozen=True)
class Entry:
    """One thing of the catalog and the place it was read from. ``own`` says that a company wrote it.

    ``item`` is None where it could not be read; ``name`` is empty where a whole file could not.
    """

    kind: str
    name: str
    item: Any
    document: Document
    loc: Loc
    own: bool = False

    def line(self, *steps: str | int) -> int:
        """The line of something in it; keys that stand at the top of the file are found there."""
        top = self.document.value
        if steps and self.loc and isinstance(top, dict) and steps[0] in top:
            return self.document.line(steps)
        return self.document.line([*self.loc, *steps])

    @property
    def origin(self) -> str:
        """File and line, as people are shown it."""
        return f"{self.document.path}:{self.line()}"


def entries(folder: Path, mistakes: Mistakes, *, own: bool = False) -> list[Entry]:
    """Everything in the folder; what cannot be read is added to ``mistakes`` too."""
    found: list[Entry] = []
    for shelf in SHELVES:
        if own and shelf.kind not in COMPANY_KINDS:
            continue
        for path in sorted(folder.glob(shelf.files)):
            document = read(path, _shown(folder, path), mistakes, within=(folder,) if own else ())
            found += _file(shelf, document, mistakes, own=own)
    if not own:
        _unread(folder, mistakes)
    return found


def has_own(folder: Path) -> bool:
    """Whether a company's folder adds anything to the catalog."""
    return any(next(folder.glob(shelf.files), None) for shelf in SHELVES if shelf.kind in COMPANY_KINDS)


def complements(folder: Path, mistakes: Mistakes) -> Document | None:
    """The pairs of metrics that say the same thing twice, where the folder has them."""
    path = folder / COMPLEMENTS
    if not path.is_file():
        return None
    document = read(path, _shown(folder, path), mistakes)
    if document.broken:
        return None
    pairs = document.value.get("complements") if isinstance(document.value, dict) else None
    if isinstance(pairs, list) and all(isinstance(p, list) and len(p) == 2 for p in pairs):  # noqa: PLR2004 - a pair
        return document
    mistakes.add(document.path, 1, "this file is `complements:` and a list of pairs of metrics")
    return None


def _shown(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _unread(folder: Path, mistakes: Mistakes) -> None:
    """A file that no shelf reads is most likely in the wrong place: say so rather than ignore it."""
    known = {path for shelf in SHELVES for path in folder.glob(shelf.files)} | {folder / COMPLEMENTS}
    for path in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - known):
        places = ", ".join([shelf.files for shelf in SHELVES] + [COMPLEMENTS])
        mistakes.add(_shown(folder, path), 1, f"nothing reads this file; the catalog is {places}")


def _file(shelf: Shelf, document: Document, mistakes: Mistakes, *, own: bool) -> Iterator[Entry]:
    raw = document.value
    if document.broken:
        yield Entry(shelf.kind, "", None, document, (), own)
        return
    if not shelf.listed:
        yield from _entry(shelf, document, (), raw, mistakes, own=own)
        return
    if not isinstance(raw, dict) or not isinstance(raw.get(shelf.listed), list):
        mistakes.add(document.path, 1, f"this file needs `{shelf.listed}:` and a list below it")
        yield Entry(shelf.kind, "", None, document, (), own)
        return
    allowed = (shelf.listed, *shelf.shared)
    for key in raw.keys() - set(allowed):
        mistakes.add(document.path, document.line([key]), f"unknown key {key!r}{nearest(key, allowed)}")
    shared = {key: raw[key] for key in shelf.shared if key in raw}
    for position, item in enumerate(raw[shelf.listed]):
        whole = {**shared, **item} if isinstance(item, dict) else item
        yield from _entry(shelf, document, (shelf.listed, position), whole, mistakes, own=own)


def _entry(
    shelf: Shelf, document: Document, loc: Loc, raw: Any, mistakes: Mistakes, *, own: bool
) -> Iterator[Entry]:
    if shelf.model is Rule:
        raw = _whole(raw)
    try:
        item = shelf.model.model_validate(raw)
    except ValidationError as error:
        name = raw.get(shelf.named) if isinstance(raw, dict) else None
        plainly = "".join(one if one.isprintable() else " " for one in str(name or "")).strip()
        place = Entry(shelf.kind, plainly, None, document, loc, own)
        for steps, text in sentences(shelf.model, raw, error):
            mistakes.add(
                document.path, place.line(*steps), f"{shelf.kind} {place.name}: {text}".replace(" :", ":")
            )
        yield place
        return
    yield Entry(shelf.kind, getattr(item, shelf.named), item, document, loc, own)


def _whole(raw: Any) -> Any:
    """Whole numbers of a rule's parameters are ints: they count places of a list."""
    if isinstance(raw, dict):
        return {key: _whole(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_whole(value) for value in raw]
    return int(raw) if isinstance(raw, Decimal) and raw == raw.to_integral_value() else raw
