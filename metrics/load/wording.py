"""What pydantic refuses, as sentences with the nearest right name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from metrics import definition
from metrics.load.mistakes import nearest, one_of

CLASSES: Mapping[str, type[BaseModel]] = {
    name: item
    for name, item in vars(definition).items()
    if isinstance(item, type) and issubclass(item, definition.Frozen)
}
"""All that a definition may hold, by the names that pydantic's complaints use; ``TAGS`` are those of expressions."""
TAGS = {name.lower(): item for name, item in CLASSES.items()}
TYPES = {"bool": "true or false", "decimal": "a number", "int": "a whole number", "string": "text",
         "list": "a list", "tuple": "a list", "dict": "a mapping", "model": "a mapping"}  # fmt: skip


def sentences(
    model: type[BaseModel], raw: Any, error: ValidationError
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each thing that is wrong, as (way to it in the file, sentence)."""
    for detail in _settle(raw, error.errors(include_url=False)):
        yield _way(raw, detail)[0], _sentence(model, detail)


def _way(raw: Any, detail: ErrorDetails) -> tuple[tuple[str | int, ...], list[tuple[int, str]]]:
    """The steps of an error that the file has, and its branches: which alternative, at which depth."""
    steps: list[str | int] = []
    branches: list[tuple[int, str]] = []
    for part in detail["loc"]:
        if isinstance(raw, dict) and part in raw:
            steps.append(part)
            raw = raw[part]
        elif isinstance(raw, list) and isinstance(part, int):
            steps.append(part)
            raw = raw[part] if part < len(raw) else None
        else:
            branches.append((len(steps), str(part)))
    return tuple(steps), branches


def _settle(raw: Any, details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Where a value may be one of several things, keep the complaints of the one that it is most like."""
    tried: dict[tuple[str | int, ...], Counter[str]] = {}
    for detail in details:
        steps, branches = _way(raw, detail)
        for depth, branch in branches if detail["type"] != "missing" else branches[:-1]:
            tried.setdefault(steps[:depth], Counter())[branch] += 1
    liked = {steps: _like(_at(raw, steps), branches) for steps, branches in tried.items()}
    kept = []
    for detail in details:
        steps, branches = _way(raw, detail)
        wanted = branches if detail["type"] != "missing" else branches[:-1]
        if all(liked[steps[:depth]] == branch for depth, branch in wanted):
            kept.append(detail)
    return kept


def _at(raw: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        raw = raw[step]
    return raw


def _like(value: Any, branches: Counter[str]) -> str:
    if isinstance(value, dict):
        fitting = [b for b in branches if b in CLASSES or b in TAGS]
    elif isinstance(value, list):
        fitting = [b for b in branches if b.startswith(("list", "tuple"))]
    else:
        fitting = [b for b in branches if b not in CLASSES and not b.startswith(("list", "tuple"))]
    return min(fitting or list(branches), key=lambda branch: branches[branch])


def _sentence(model: type[BaseModel], detail: ErrorDetails) -> str:
    kind, what = detail["type"], _called(detail["loc"])
    given, shown = detail["input"], _shown(detail["input"])
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        return f"unknown key {key!r}{nearest(key, _fields(model, detail['loc'][:-1]))}"
    if kind == "missing":
        return f"the key {detail['loc'][-1]!r} is missing"
    if kind == "literal_error":
        known = [
            word for word in detail["ctx"]["expected"].replace(" or ", ", ").split("'") if word.strip(", ")
        ]
        return (
            f"unknown {what} {shown!r}{one_of(shown, known)}"
            if shown
            else f"{what} is one of {', '.join(known)}"
        )
    for start, wanted in TYPES.items():
        if kind.startswith(f"{start}_") and kind.endswith(("_type", "_parsing", "_from_float")):
            return f"{what} is {wanted}" + (
                f", not {shown!r}" if shown else "" if given is not None else ", not empty"
            )
    return f"{what}: {detail['msg'].removeprefix('Value error, ')}"


def _called(loc: tuple[str | int, ...]) -> str:
    """What a value is called: its key, or its place in the list of that key."""
    *before, last = loc or ("it",)
    if isinstance(last, str):
        return last
    lists = [part for part in before if isinstance(part, str)]
    return f"item {last + 1} of {lists[-1]}" if lists else f"item {last + 1}"


def _shown(value: Any) -> str:
    """A single value as the file has it; nothing for what is empty, a list or a mapping."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | Decimal | int) else ""


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys that are allowed at that place."""
    classes = {model}
    for step in loc:
        chosen = CLASSES.get(str(step)) or TAGS.get(str(step))
        if chosen in classes:
            classes = {chosen}
            continue
        inner = {c for item in classes if step in item.model_fields
                 for c in _classes(item.model_fields[str(step)].annotation)}  # fmt: skip
        classes = inner or classes
    return {name for item in classes for name in item.model_fields}


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)
