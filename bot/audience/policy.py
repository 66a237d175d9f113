"""`access.yaml` of a company folder: rules about who may ask what where, the first that fits decides.

It is read when the bot starts: after a change, start it again.

    rules:
      - where: [C0123456789]        # ids of channels, direct, or everywhere (the default)
        who: [S0123456789]          # ids of people and user groups, guests, or everybody (the default: members)
        ask: true                   # false: refused
        roles: [chief_revenue_officer]  # whose lists are told, also where one is explained or taught
        sides: [business]           # whose values may be shown; also dimensions: and metrics:
        show: open                  # to the whole channel: none, open, people or restricted
        see: people                 # to the asker alone
        persons: false              # values by what names a person; in a channel only if `where` names it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from metrics.definition import Frozen
from metrics.errors import CompanyError, UnknownNameError
from metrics.folder.files import unfit
from metrics.model import Catalog
from metrics.privacy.thresholds import Ceiling

PEOPLE, PLACES = re.compile(r"[USW][A-Z0-9]+"), re.compile(r"[CDG][A-Z0-9]+")
"""Slack's ids of people and user groups, and of channels and direct messages."""
FILE, MISNAMED = "access.yaml", "access.yml"
EVERYWHERE, DIRECT, EVERYBODY, GUESTS = "everywhere", "direct", "everybody", "guests"


class Rule(Frozen):
    """One rule. Without ``show`` or ``see`` they are as they would be without a policy."""

    where: list[str] = Field(default=[EVERYWHERE], min_length=1)
    who: list[str] = Field(default=[EVERYBODY], min_length=1)
    ask: bool = True
    roles: list[str] | None = None
    sides: list[str] | None = None
    dimensions: list[str] | None = None
    metrics: list[str] | None = None
    show: Ceiling | None = None
    see: Ceiling | None = None
    persons: bool = False


class Policy(Frozen):
    """The rules, in their order."""

    rules: list[Rule] = []

    @property
    def groups(self) -> frozenset[str]:
        """The user groups that it names."""
        return frozenset(name for rule in self.rules for name in rule.who if name.startswith("S"))


def read_policy(folder: Path, catalog: Catalog) -> Policy:
    """The policy of a company folder; one without rules where there is no `access.yaml`.

    Raises:
        CompanyError: it is no valid YAML or holds something unknown.
        UnknownNameError: it names a role, side, dimension or metric that there is not, with the nearest right one.
    """
    path = folder / FILE
    if not path.exists() and not path.is_symlink():
        if (folder / MISNAMED).exists():
            raise CompanyError(f"{MISNAMED} is read by nobody: rename it to {FILE}.")
        return Policy()
    if why := unfit(path, (folder,)):
        raise CompanyError(f"{FILE} {why}: put an ordinary file in its place, or take it away.")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
        policy = Policy.model_validate(raw)
    except ValidationError as error:
        mistake = error.errors()[0]
        where = ".".join(str(part) for part in mistake["loc"])
        raise CompanyError(f"{FILE}: {where}: {str(mistake['msg']).lower()}; mend that entry.") from None
    except (yaml.YAMLError, ValueError, OSError, RecursionError):
        raise CompanyError(f"{FILE} cannot be read as YAML: mend it, or take it away.") from None
    for number, rule in enumerate(policy.rules, 1):
        _check(rule, number, catalog)
    return policy


def _check(rule: Rule, number: int, catalog: Catalog) -> None:
    areas = {metric.dimension for metric in catalog.metrics.values()}
    known: Mapping[str, tuple[Any, Iterable[str]]] = {
        "role": (rule.roles, catalog.roles),
        "side": (rule.sides, ("business", "people")),
        "dimension": (rule.dimensions, areas),
        "metric": (rule.metrics, catalog.metrics),
    }
    for what, (names, right) in known.items():
        for name in names or ():
            if name not in right:
                remedy = f"Mend it in rule {number} of {FILE}."
                raise UnknownNameError(what, name, right, remedy=remedy)
    _check_ids("person or user group", rule.who, PEOPLE, (EVERYBODY, GUESTS), number)
    _check_ids("place", rule.where, PLACES, (EVERYWHERE, DIRECT), number)


def _check_ids(
    what: str, names: list[str], ids: re.Pattern[str], words: tuple[str, ...], number: int
) -> None:
    """A name that is no id of Slack's fits nobody and no place: what the rule forbids would stay allowed."""
    for name in names:
        if name not in words and not ids.fullmatch(name):
            remedy = f"Write ids of Slack, {' or '.join(words)} in rule {number} of {FILE}."
            raise UnknownNameError(what, name, words, remedy=remedy)
