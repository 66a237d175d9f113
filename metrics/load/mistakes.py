"""The mistakes found in catalog files, collected, so that all of them are reported at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from metrics.errors import CatalogError


def nearest(name: str, known: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the known name most like ``name``, or nothing."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def one_of(name: str, known: Iterable[str]) -> str:
    """The nearest of a few known names, or all of them where none is near."""
    names = list(known)
    return nearest(name, names) or f"; use one of {', '.join(names)}"


@dataclass
class Mistakes:
    """What was found so far: file, line, what is wrong."""

    found: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, path: str, line: int, text: str) -> None:
        """Note one mistake; the same one at the same place counts once."""
        if (path, line, text) not in self.found:
            self.found.append((path, line, text))

    def report(self) -> None:
        """Raise what was found, in the order of the files.

        Raises:
            CatalogError: one line for each mistake.
        """
        if not self.found:
            return
        lines = [f"{path}:{line}: {text}" for path, line, text in sorted(self.found)]
        if len(lines) == 1:
            raise CatalogError(f"{lines[0]}.".replace("?.", "?"))
        raise CatalogError("\n".join([f"The catalog has {len(lines)} mistakes:", *lines]))
