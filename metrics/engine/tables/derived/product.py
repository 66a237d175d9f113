"""Users and accounts of the product, as one line of life each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from metrics.engine.portable import as_text, days_between, exact_sum
from metrics.engine.tables.lacking import MissingError
from metrics.engine.tables.ours import counted
from metrics.engine.tables.pieces import flag, given, named
from metrics.engine.tables.relations import Relations, need

RETURNS: Mapping[str, tuple[int, int | None]] = {
    "active_day_30": (28, 34),
    "active_on_day_1": (1, 1),
    "active_on_day_7": (7, 7),
    "active_on_day_30": (30, 30),
    "active_from_day_7": (7, None),
    "active_from_day_30": (30, None),
}
"""The first and the last day after sign-up on which an event makes a user one who came back."""


def user_lives(relations: Relations) -> sa.Select[Any]:
    """One row per user: sign-up, first two active days, activation, first value, activity around day 30.

    What a user did before the day of sign-up is no part of it.
    """
    users = need(relations, "users", "user_id", "created_at")
    events = need(relations, "product_events", "user_id", "occurred_at")
    settings = relations.settings if "event_name" in events.c else {}
    signed_up = relations.day(users.c.created_at).label("signed_up_on")
    account = users.c.account_id if "account_id" in users.c else as_text(sa.null())
    people = named(sa.select(users.c.user_id, account.label("account_id"), signed_up), "derived_signed_up")
    day = relations.day(events.c.occurred_at).label("day")
    name = events.c.event_name if "event_name" in events.c else as_text(sa.null()).label("event_name")
    of_them = sa.and_(events.c.user_id == people.c.user_id, day >= people.c.signed_up_on)
    acts = sa.select(events.c.user_id, name, day).select_from(events.join(people, of_them))
    active = named(acts, "derived_active_days")
    firsts = sa.select(active.c.user_id, sa.func.min(active.c.day).label("first_day")).group_by(
        active.c.user_id
    )
    first = firsts.subquery("first_days")
    age = days_between(people.c.signed_up_on, active.c.day)

    def earliest(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
        return sa.func.min(sa.case((condition, active.c.day)))

    columns = [
        sa.func.min(active.c.day).label("first_active_on"),
        earliest(active.c.day > first.c.first_day).label("second_active_on"),
        *(_ever(age, *days).label(f"ever_{name}") for name, days in RETURNS.items()),
    ]
    for column, setting in (("activated_on", "activation_event"), ("valued_on", "value_event")):
        if setting in settings:
            columns.append(earliest(active.c.event_name == str(settings[setting])).label(column))
    joined = people.outerjoin(active, active.c.user_id == people.c.user_id).outerjoin(
        first, first.c.user_id == people.c.user_id
    )
    lives = sa.select(*people.c, *columns).select_from(joined).group_by(*people.c).subquery("lives")
    return sa.select(*lives.c, *(flag(lives.c[f"ever_{name}"] == 1).label(name) for name in RETURNS))


def _ever(age: sa.ColumnElement[int], first: int, last: int | None) -> sa.ColumnElement[int]:
    """1 where any row of a group lies between two ages, else 0."""
    there = age >= first if last is None else age.between(first, last)
    return sa.func.coalesce(sa.func.max(sa.case((there, 1), else_=0)), 0)


def account_lives(relations: Relations) -> sa.Select[Any]:
    """One row per account with users: first sign-up, and whether it reached the key event often enough since."""
    users = counted(relations, "users", "user_id", "account_id", "created_at")
    events = counted(relations, "product_events", "user_id", "event_name", "occurred_at")
    lacking = [
        f"company.toml settings.{name}"
        for name in ("key_event", "key_event_threshold")
        if name not in relations.settings
    ]
    if lacking:
        raise MissingError(*lacking)
    quantity = events.c.quantity if "quantity" in events.c else sa.literal(1)
    key = events.c.event_name == str(relations.settings["key_event"])
    started = sa.func.min(relations.day(users.c.created_at)).label("started_on")
    accounts = named(
        sa.select(users.c.account_id, started).where(given(users.c.account_id)).group_by(users.c.account_id),
        "derived_team_starts",
    )
    begun = sa.and_(
        accounts.c.account_id == users.c.account_id,
        relations.day(events.c.occurred_at) >= accounts.c.started_on,
    )
    counts = (
        sa.select(users.c.account_id, exact_sum(quantity).label("key_events"))
        .select_from(events.join(users, users.c.user_id == events.c.user_id).join(accounts, begun))
        .where(key)
        .group_by(users.c.account_id)
        .subquery("key_counts")
    )
    count = sa.func.coalesce(counts.c.key_events, 0)
    threshold = int(relations.settings["key_event_threshold"])
    return sa.select(
        accounts.c.account_id,
        accounts.c.started_on,
        count.label("key_events"),
        flag(count >= threshold).label("reached_key_event"),
    ).select_from(accounts.outerjoin(counts, counts.c.account_id == accounts.c.account_id))
