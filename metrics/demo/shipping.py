"""What product and engineering try out and ship: experiments and deployments."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.demo.clock import DAY, END, FIRST, HOUR, LAST, NOTHING, business_days, day, stream
from metrics.demo.store import Frame, frame


def experiments() -> Frame:
    """Two experiments a month, of two or three variants; about one in three wins."""
    rng = stream("experiments")
    rows: list[tuple[Any, ...]] = []
    for number in range(1, 74):
        started = FIRST + (number - 1) * 29 // 2 + int(rng.integers(0, 9))
        ended: int | None = started + int(rng.integers(18, 40))
        base, lift = (
            float(rng.uniform(0.02, 0.06)),
            float(rng.choice([0, 0.03, 0.24, -0.08], p=[0.3, 0.25, 0.33, 0.12])),
        )
        for place in range(2 + int(rng.random() < 0.25)):
            visitors = int(rng.integers(6_000, 15_000))
            share = base * (1 + lift) if place == 1 else base
            converted = int(rng.binomial(visitors, share))
            breached = place == 1 and bool(rng.random() < 0.08)
            shown = ended if ended is not None and ended <= LAST else None
            rows.append(
                (
                    number,
                    "control" if place == 0 else f"variant {place}",
                    started,
                    shown,
                    visitors,
                    converted,
                    place == 0,
                    breached,
                )
            )
    return frame("experiments", rows)


def deployments() -> Frame:
    """About three a working day; one in nine fails and is restored within hours."""
    rng = stream("deployments")
    days = np.repeat(business_days(), rng.poisson(3, len(business_days())))
    n = len(days)
    at = np.sort(days * DAY + rng.integers(8 * HOUR, 18 * HOUR, n))
    failed = rng.random(n) < np.where(days < day(2024, 7, 1), 0.125, 0.095)
    detected = at + (rng.lognormal(3.3, 0.9, n) * 60).astype(np.int64)
    restored = detected + (rng.lognormal(4, 0.8, n) * 60).astype(np.int64)
    failed &= restored < END * DAY
    return {
        "deploy_id": np.arange(1, n + 1),
        "deployed_at": at,
        "first_commit_at": at - (rng.lognormal(3.2, 0.8, n) * HOUR).astype(np.int64),
        "failed": failed.astype(np.int64),
        "detected_at": np.where(failed, detected, NOTHING),
        "restored_at": np.where(failed, restored, NOTHING),
    }
