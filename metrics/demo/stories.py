"""The three stories planted in the demo company, as data: the generator obeys them and tests find them again."""

from __future__ import annotations

from dataclasses import dataclass

from metrics.demo.clock import day


@dataclass(frozen=True)
class Story:
    """What happens, where, when, what follows and when, and which metrics show it.

    Times are stretches of whole days, the end excluded (days since 1970).
    """

    id: str
    title: str
    where: str
    cause: str
    caused: tuple[int, int]
    effect: str
    follows: tuple[int, int]
    metrics: tuple[str, ...]


SELLERS_LEAVE = Story(
    id="sellers_leave",
    title="Good sellers leave Sales EMEA; its win rate falls two quarters later, while revenue still grows",
    where="Sales EMEA",
    cause="seven ramped quota carriers resign, all of them regretted",
    caused=(day(2025, 1, 1), day(2025, 7, 1)),
    effect="the win rate of Sales EMEA falls by a third or more; their open deals were handed over and mostly lost",
    follows=(day(2025, 7, 1), day(2026, 1, 1)),
    metrics=(
        "regretted_turnover_rate",
        "engagement_index",
        "win_rate",
        "pct_reps_at_quota",
        "revenue_growth_rate",
    ),
)

COACHING_DOUBLES = Story(
    id="coaching_doubles",
    title="Coaching doubles in Sales Americas; new reps ramp sooner and more reps reach their quota",
    where="Sales Americas",
    cause="coaching hours per rep double",
    caused=(day(2024, 7, 1), day(2026, 1, 1)),
    effect="new reps first attain a monthly quota about three months sooner, and the share at quota rises",
    follows=(day(2025, 1, 1), day(2026, 1, 1)),
    metrics=("coaching_hours_per_rep", "ramp_time", "pct_reps_at_quota", "pct_ramping_reps_on_track"),
)

DISCOUNTS_GROW = Story(
    id="discounts_grow",
    title="A bigger discount wins more SMB deals; those customers stay less and earn less",
    where="SMB",
    cause="the average discount on won SMB deals goes from about 9 % to about 25 %, and the win rate rises",
    caused=(day(2025, 1, 1), day(2026, 1, 1)),
    effect="gross revenue retention of SMB falls by eight points or more, and the contribution margin ratio falls",
    follows=(day(2025, 7, 1), day(2026, 1, 1)),
    metrics=("discount_rate", "win_rate", "gross_revenue_retention", "contribution_margin_ratio"),
)

STORIES = (SELLERS_LEAVE, COACHING_DOUBLES, DISCOUNTS_GROW)
