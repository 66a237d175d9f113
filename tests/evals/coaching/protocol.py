"""`protocol.yaml` -> the turns of each role's conversation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.yaml_file import read_yaml

FLOOR = 30
"""Percent of a list that each side must hold: 3 of the final ten that the coach of the seed called balanced."""
FILE = Path(__file__).with_name("protocol.yaml")
Side = Literal["business", "people"]


@dataclass(frozen=True)
class Turn:
    """One message: its id, its words, and whether the coach or a stranger says it in a conversation of their own."""

    id: str
    say: str
    stranger: bool


@dataclass(frozen=True)
class Conversation:
    """What is said about one role, and what is to be kept of it."""

    role: str
    missed: Side
    metric: str
    floor: int
    turns: tuple[Turn, ...]


def conversations(file: Path = FILE) -> list[Conversation]:
    """The conversations of all roles, in the order of the file."""
    read = read_yaml(file)
    found = []
    for one in read["roles"]:
        words = {
            "title": one["title"],
            "titles": plural(one["title"]),
            "missed": one["missed"],
            "about": read["about"][one["missed"]],
            "metric": one["metric"],
        }
        turns = tuple(
            Turn(turn["id"], turn["say"].format(**words), turn.get("as") == "stranger")
            for turn in read["turns"]
        )
        found.append(Conversation(one["role"], one["missed"], one["metric"], one.get("floor", FLOOR), turns))
    return found


def plural(title: str) -> str:
    """Several who have the title: "heads of support", "VPs of sales"."""
    head, of, rest = title.partition(" of ")
    return f"{head}s{of}{rest}"
