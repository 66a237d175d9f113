"""YAML text -> plain values that remember their lines, with exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from metrics.folder.files import unfit
from metrics.load.mistakes import Mistakes

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times quicker where libyaml is there
MOST = 100_000
"""Values in one file, those that stand behind aliases counted each time. The largest shipped file has some 2,000."""
DIGITS = 100
"""Characters of a number; Python refuses to write integers of some thousand digits."""
TRUTH = {"true": True, "false": False}

Loc = Sequence[str | int]
"""The way from the top of a file to a value in it: keys and positions."""


@dataclass(frozen=True)
class Document:
    """One YAML file: what it says, and where. ``path`` is what a mistake calls it."""

    path: str
    value: Any = None
    node: Node | None = None
    broken: bool = False

    def line(self, loc: Loc = ()) -> int:
        """The line of the value at ``loc``, or of the last step towards it that the file has."""
        node, line = self.node, 1
        for step in loc:
            if isinstance(node, MappingNode) and (pair := _pair(node, step)):
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
        return line


def read(path: Path, name: str, mistakes: Mistakes, *, within: Sequence[Path] = ()) -> Document:
    """The file's content; that YAML cannot read it, and keys that stand twice, go to ``mistakes``.

    ``within``: the folders that it may not lead out of.
    """
    if why := unfit(path, within):
        mistakes.add(name, 1, f"the file {why}")
        return Document(name, broken=True)
    try:
        return _read(path, name, mistakes)
    except RecursionError:
        mistakes.add(name, 1, "the file is nested too deeply")
    except _TooMuchError:
        mistakes.add(name, 1, f"with its aliases (*name) the file says more than {MOST} things")
    return Document(name, broken=True)


def _read(path: Path, name: str, mistakes: Mistakes) -> Document:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except UnicodeDecodeError:
        mistakes.add(name, 1, "the file is not UTF-8 text")
        return Document(name, broken=True)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        mistakes.add(name, mark.line + 1 if mark else 1, f"this is no YAML: {error.problem or error.context}")
        return Document(name, broken=True)
    except yaml.YAMLError as error:
        mistakes.add(name, 1, f"this is no YAML: {error}")
        return Document(name, broken=True)
    return Document(name, _value(node, _Walk(name, mistakes), ()), node)


def _pair(node: MappingNode, key: str | int) -> tuple[Node, Node] | None:
    return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == key), None)


@dataclass
class _Walk:
    """One walk through a file. An alias counts each time: ten of ten of ten are a thousand things."""

    name: str
    mistakes: Mistakes
    said: int = 0

    def step(self) -> None:
        self.said += 1
        if self.said > MOST:
            raise _TooMuchError

    def mistake(self, node: Node, text: str) -> None:
        self.mistakes.add(self.name, node.start_mark.line + 1, text)


class _TooMuchError(Exception):
    """A file says more than any file has to say."""


def _value(node: Node | None, walk: _Walk, inside: tuple[Node, ...]) -> Any:
    walk.step()
    if node is None:
        return None
    if node in inside:
        walk.mistake(node, "an alias (*name) stands inside what it names")
        return None
    inside = (*inside, node)
    if isinstance(node, SequenceNode):
        return [_value(item, walk, inside) for item in node.value]
    if isinstance(node, MappingNode):
        return _mapping(node, walk, inside)
    return _scalar(node)


def _mapping(node: MappingNode, walk: _Walk, inside: tuple[Node, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, item in node.value:
        if not isinstance(key, ScalarNode):
            walk.mistake(key, "a key is one word")
        elif key.value in values:
            walk.mistake(key, f"the key {key.value!r} stands twice")
        else:
            values[key.value] = _value(item, walk, inside)
    return values


def _scalar(node: Node) -> Any:
    """Plain ``true``, ``5``, ``1.50`` and nothing are what they look like; all else is text, dates too."""
    kind, text = str(node.tag).rpartition(":")[2], str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in TRUTH:
        return TRUTH[text.lower()]
    if kind in {"int", "float"} and len(text) <= DIGITS:
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return number if number.is_finite() else text
    return text
