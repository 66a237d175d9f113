"""The change of a sum or a ratio -> what each group did to it, exactly.

A sum changes by what each group changed. A ratio R = S x N / D changes because rates changed, and because the
mix of groups did. With the weight w = D_g / D and the rate r = S x N_g / D_g of a group, before (0) and now (1):

    rate effect = (w0 + w1) / 2 x (r1 - r0)
    mix effect  = (w1 - w0) x ((r0 + r1) / 2 - (R0 + R1) / 2)

and all effects together are exactly R1 - R0. A group that is absent from one side has no rate there: it takes
that of the other side, so that coming and going is mix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

SMALLEST = Fraction(1, 10**12)
"""Receipts are cut at twenty places: what differs less is the same."""

Key = tuple[str, ...]
Kind = Literal["sum", "ratio"]


@dataclass(frozen=True)
class Parts:
    """Numerator and denominator of a group, or of the whole. A sum has no denominator."""

    numerator: Fraction
    denominator: Fraction | None = None


NOTHING = Parts(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Effect:
    """One group's part in a change, in the metric's unit. ``total`` is ``rate + mix``; a sum has no mix.

    ``share`` is the group's weight: its share of the denominator (of the sum) in the mean of both periods.
    """

    group: Mapping[str, str]
    rate: Fraction
    mix: Fraction
    share: Fraction

    @property
    def total(self) -> Fraction:
        """What the group did to the metric."""
        return self.rate + self.mix


def split(
    before: Mapping[Key, Parts],
    now: Mapping[Key, Parts],
    whole_before: Parts,
    whole_now: Parts,
    scale: Fraction,
    *,
    shared: bool = False,
) -> tuple[Kind, dict[Key, Effect]] | None:
    """The effect of each group on ``scale x numerator / denominator``; None where groups are no parts of the whole.

    ``shared``: all groups are divided by the same, by definition. Where one group alone has a denominator in each
    period, the figures do not tell that from a ratio.
    """
    keys = sorted({*before, *now})
    pairs = {key: (before.get(key, NOTHING), now.get(key, NOTHING)) for key in keys}
    wholes = (whole_before, whole_now)
    same = all(_adds_up([pair[i].numerator for pair in pairs.values()], wholes[i].numerator) for i in (0, 1))
    if not same or not pairs:
        return None
    if whole_before.denominator is None or whole_now.denominator is None:
        return "sum", {key: _of_sum(pair, wholes, scale) for key, pair in pairs.items()}
    bottoms = [[pair[i].denominator or Fraction(0) for pair in pairs.values()] for i in (0, 1)]
    parted = all(_adds_up(bottoms[i], wholes[i].denominator or Fraction(0)) for i in (0, 1))
    if (shared or not parted) and all(_is_shared(bottoms[i], wholes[i].denominator) for i in (0, 1)):
        return "sum", {key: _of_sum(pair, wholes, scale) for key, pair in pairs.items()}
    if not parted:
        return None
    exact = [
        Parts(sum((p[i].numerator for p in pairs.values()), Fraction(0)), sum(bottoms[i], Fraction(0)))
        for i in (0, 1)
    ]
    if not (exact[0].denominator and exact[1].denominator):
        return None
    return "ratio", {key: _of_ratio(pair, (exact[0], exact[1]), scale) for key, pair in pairs.items()}


def _adds_up(found: Sequence[Fraction], whole: Fraction) -> bool:
    return abs(sum(found, Fraction(0)) - whole) <= SMALLEST * max(Fraction(1), abs(whole))


def _is_shared(found: Sequence[Fraction], whole: Fraction | None) -> bool:
    """Whether all groups are divided by the same as the whole: a length of time, a figure from outside."""
    return len(found) > 1 and bool(whole) and all(one == whole or not one for one in found)


def _of_sum(pair: tuple[Parts, Parts], wholes: tuple[Parts, Parts], scale: Fraction) -> Effect:
    """A simple difference, over the common denominator where there is one."""
    then, now = (
        scale * one.numerator / (whole.denominator or 1) for one, whole in zip(pair, wholes, strict=True)
    )
    shares = [
        one.numerator / whole.numerator for one, whole in zip(pair, wholes, strict=True) if whole.numerator
    ]
    return Effect(
        {}, now - then, Fraction(0), sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)
    )


def _of_ratio(pair: tuple[Parts, Parts], wholes: tuple[Parts, Parts], scale: Fraction) -> Effect:
    """Rate and mix effect of one group."""
    bottoms = [one.denominator or Fraction(0) for one in pair]
    weights = [bottom / (whole.denominator or 1) for bottom, whole in zip(bottoms, wholes, strict=True)]
    level = sum((scale * whole.numerator / (whole.denominator or 1) for whole in wholes), Fraction(0)) / 2
    own = [scale * one.numerator / bottom for one, bottom in zip(pair, bottoms, strict=True) if bottom]
    middle = sum(own, Fraction(0)) / len(own) if own else level
    mix = (weights[1] - weights[0]) * (middle - level)
    added = [
        scale * one.numerator / (whole.denominator or 1) for one, whole in zip(pair, wholes, strict=True)
    ]
    total = added[1] - added[0] - (weights[1] - weights[0]) * level
    return Effect({}, total - mix, mix, (weights[0] + weights[1]) / 2)
