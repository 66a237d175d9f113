"""What has to be counted to decide whether values about people are shown."""

from __future__ import annotations

from typing import NamedTuple

from metrics.engine.asking.leaves import Leaf


class Counts(NamedTuple):
    """What has to be counted: people, small counts among them (``few``) and of whom these are some (``whole``).

    ``groups`` are what a value tells of one by one, as the women and the men of a pay gap: each is a group by itself.
    ``paid`` are costs that are pay, ``sums`` what of people is added up (days away, hours of training).
    ``everybody`` are the people without any groups, where one of them may be in two: who changed departments.
    """

    people: Leaf
    few: Leaf | None = None
    whole: Leaf | None = None
    groups: tuple[Leaf, ...] = ()
    paid: Leaf | None = None
    sums: tuple[Leaf, ...] = ()
    everybody: Leaf | None = None

    @property
    def needed(self) -> list[Leaf]:
        """Without which nothing is decided: a sum that cannot be computed tells nothing, of nobody."""
        given = (self.people, self.few, self.whole, *self.groups, self.paid, self.everybody)
        return [one for one in given if one is not None]

    @property
    def all(self) -> list[Leaf]:
        """Each of them."""
        return [*self.needed, *self.sums]

    def shared(self, same: dict[Leaf, Leaf]) -> Counts:
        """The same leaves, each as the one that is known already."""

        def one(leaf: Leaf) -> Leaf:
            return same.setdefault(leaf, leaf)

        def maybe(leaf: Leaf | None) -> Leaf | None:
            return None if leaf is None else one(leaf)

        groups, sums = tuple(map(one, self.groups)), tuple(map(one, self.sums))
        few, whole, paid, everybody = map(maybe, (self.few, self.whole, self.paid, self.everybody))
        return Counts(one(self.people), few, whole, groups, paid, sums, everybody)

    @property
    def telling(self) -> list[Leaf]:
        """What tells of somebody even where nobody was counted."""
        return [one for one in (self.few, self.paid, *self.sums) if one is not None]
