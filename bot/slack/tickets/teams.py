"""The company's own groups that a list may be asked for: departments, segments, regions, what the company declares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.audience.rights import Rights
from bot.slack.layout.text import plain
from metrics.engine import Engine
from metrics.engine.groups import group_names

TEAMS = ("department", "region", "segment", "product", "channel")
"""Dimensions whose groups somebody is responsible for, in this order; then those of company.toml."""
MOST, LABEL, VALUE = 100, 75, 150
"""Slack's limits: choices in one menu, characters of what is shown of one, and of what it stands for."""


@dataclass(frozen=True)
class Team:
    """One group of a dimension, by the dimension's name, as the data writes it."""

    dimension: str
    called: str
    value: str

    @property
    def key(self) -> str:
        """What a menu hands back for it."""
        return json.dumps([self.dimension, self.value])


def teams(engine: Engine, rights: Rights) -> list[Team]:
    """The groups that somebody may ask about: none for who sees no values. Guarded dimensions are never among them.

    Blocks for a moment where the data was not looked at yet.
    """
    if not rights.ask or rights.alone == "none":
        return []
    return [one for one in _all(engine) if len(one.key) <= VALUE]


def chosen(found: list[Team], key: str) -> Team | None:
    """The group that a menu handed back, if it is one of those that were offered."""
    return next((one for one in found if one.key == key), None)


def options(found: list[Team], typed: str) -> list[dict[str, Any]]:
    """What a menu offers of them for what was typed into it."""
    wanted = re.findall(r"\w+", typed.casefold())
    fit = [one for one in found if all(word in f"{one.value} {one.called}".casefold() for word in wanted)]
    return [_option(one) for one in fit[:MOST]]


def _option(team: Team) -> dict[str, Any]:
    text = plain(f"{team.value} ({team.called.lower()})")
    label = text if len(text) <= LABEL else f"{text[: LABEL - 1]}…"
    return {"text": {"type": "plain_text", "text": label}, "value": team.key}


def _all(engine: Engine) -> Iterator[Team]:
    names, dimensions = group_names(engine), engine.catalog.dimensions
    for dimension in dict.fromkeys((*TEAMS, *engine.company.file.dimensions)):
        for value in names.get(dimension, ()) if dimension in dimensions else ():
            yield Team(dimension, dimensions[dimension].name, value)
