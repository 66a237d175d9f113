"""Rows about pilots: with an outcome at once, later or not yet; some lack a figure."""

from __future__ import annotations

from tests.oracle.company import Draw, Row, Tables


def pilots(draw: Draw, tables: Tables) -> list[Row]:
    """Pilots that grew, stayed as they were, or lost what they had."""
    rows: list[Row] = []
    for i in range(draw.count()):
        started = draw.day()
        rows.append(
            {
                "pilot_id": f"g{i}",
                "account_id": draw.key(tables["accounts"], "account_id", 0.2),
                "started_on": started,
                "first_value_on": draw.of(None, started, started + draw.days(0, 90)),
                "use_cases_start": draw.of(None, 0, 1, 2),
                "use_cases_now": draw.of(None, 0, 2, draw.whole(1, 9)),
                "functions_start": draw.of(None, 0, 1, 3),
                "functions_now": draw.of(None, 0, 3, draw.whole(1, 9)),
                "wishlist_items": draw.of(None, 0, draw.whole(1, 5)),
            }
        )
    return rows
