"""The words sent to the model: Markdown files, and the lines that fill them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIELD = re.compile(r"\{\{(\w+)\}\}")
BETWEEN = re.compile("<{3,}|>{3,}")
"""The lines between which a prompt has text from outside."""


@dataclass(frozen=True)
class Prompt:
    """What one call sends. ``system`` stays the same from call to call, so that the server can cache it."""

    system: str
    user: str


def render(name: str, **fields: str) -> Prompt:
    """Fill ``NAME.md``: what stands above its line ``---`` is the system text, what stands below the user's.

    What is filled in is never filled again, so text from outside cannot reach for other fields, nor close the lines
    that it stands between.

    Raises:
        ValueError: a field is missing, or one is given that the file does not have.
    """
    system, user = _parts(name)
    wanted = set(FIELD.findall(system + user))
    if wanted != set(fields):
        raise ValueError(f"prompt {name!r} takes the fields {sorted(wanted)}, not {sorted(fields)}")
    given = {name: BETWEEN.sub(" ", text) for name, text in fields.items()}
    return Prompt(*(FIELD.sub(lambda field: given[field[1]], part).strip() for part in (system, user)))


@cache
def _parts(name: str) -> tuple[str, str]:
    text = files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    system, _, user = text.partition("\n---\n")
    return system, user
