"""What somebody may ask and see somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from metrics.errors import GuardedError
from metrics.privacy.thresholds import Ceiling

LEVELS: tuple[Ceiling, ...] = ("none", "open", "people", "restricted")
"""From nothing to pay and protected traits."""

Kind = Literal["member", "guest", "stranger", "bot", "unknown"]
Place = Literal["direct", "group", "private", "public", "unknown"]
Teaching = Literal["all", "own", "nothing"]


class NotAllowedError(GuardedError):
    """Somebody may not ask or do that, or not here. Told to them alone."""


@dataclass(frozen=True)
class Viewer:
    """A person in Slack: of the company, a guest in it, of another company, a bot, or nobody we can tell.

    ``title`` is what they say they are in their profile: it helps to read them, and gives no rights. ``name`` is what
    others call them. ``unsure`` are groups of which Slack does not tell whether they are in them.
    """

    user: str
    kind: Kind
    groups: frozenset[str] = frozenset()
    admin: bool = False
    title: str = ""
    name: str = ""
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Room:
    """A place in Slack; ``shared`` where people of other companies are in it, or may be.

    ``name`` and ``topic`` are a channel's; places that are named after their people have none.
    """

    channel: str
    kind: Place
    shared: bool = False
    name: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Scope:
    """What questions may be about; None stands for everything.

    ``roles`` limits whose lists may be asked for; the others limit whose values are shown. A list stays whole: it
    always holds both sides.
    """

    roles: frozenset[str] | None = None
    sides: frozenset[str] | None = None
    dimensions: frozenset[str] | None = None
    metrics: frozenset[str] | None = None

    def lists(self, roles: Iterable[str]) -> bool:
        """Whether the lists of all these roles may be asked for."""
        return self.roles is None or self.roles.issuperset(roles)


@dataclass(frozen=True)
class Rights:
    """What may be asked, which values everybody in the place sees (``here``), and which the asker (``alone``).

    ``persons``: whether values may be given by what names a person. ``why`` says why the answer is less than others
    may get, where it is. ``teach``: for whom they may make and retire coached rules, for themselves alone (``own``)
    or also for others.
    """

    ask: bool = True
    here: Ceiling = "open"
    alone: Ceiling = "open"
    persons: bool = False
    scope: Scope = Scope()
    why: str = ""
    teach: Teaching = "all"


def lower(one: Ceiling, other: Ceiling) -> Ceiling:
    """The more careful of two levels."""
    return min(one, other, key=LEVELS.index)
