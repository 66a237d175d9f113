"""Whatever is taught, in whatever order: no list is unbalanced, and no blocking rule is broken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.conflicts import collision, contradicted, hypothetical
from bot.coaching.force import InForce
from bot.coaching.rules import Exclude, Include, Rule, Share
from bot.memory.coached import Kept, Scope, Spot
from metrics.balance import check
from metrics.balance.context import Context
from metrics.engine import Engine
from metrics.lists.build import order
from metrics.lists.taught import Taught
from metrics.load import load_catalog
from metrics.model import Side
from metrics.ranking import Ranking

pytestmark = pytest.mark.slow

CATALOG = load_catalog()
DAY = date(2025, 12, 31)
PEOPLE = sorted(one.id for one in CATALOG.metrics.values() if one.side == "people")
METRICS = st.sampled_from(sorted(CATALOG.metrics))
SOME = st.lists(METRICS, min_size=1, max_size=3, unique=True).map(tuple)
ROLES = st.none() | st.sampled_from(sorted(CATALOG.roles))
SIDES: st.SearchStrategy[Side] = st.sampled_from(["business", "people"])
SCOPES: st.SearchStrategy[Scope] = st.sampled_from(["workspace", "channel", "user"])
LESSONS: st.SearchStrategy[Rule] = (
    st.builds(Include, metrics=SOME, role=ROLES)
    | st.builds(Exclude, metrics=SOME, role=ROLES)
    | st.builds(Exclude, metrics=st.lists(st.sampled_from(PEOPLE), min_size=8, max_size=20, unique=True).map(tuple))
    | st.builds(Share, side=SIDES, percent=st.integers(20, 50), role=ROLES)
)  # fmt: skip
SPOTS = st.builds(Spot, st.sampled_from(["ann", "ben"]), st.sampled_from(["C1", "C2"]), st.just(""))


def stored(lessons: list[tuple[Rule, Scope, Spot]], engine: Engine) -> list[Kept]:
    """The rules that come to be stored: those that contradict or collide are refused, as in the conversation."""
    kept: list[Kept] = []
    for number, (rule, scope, spot) in enumerate(lessons, 1):
        new = hypothetical(rule, scope, spot, engine.company.file.name)
        if not contradicted(new, kept) and not collision(new, kept, engine, day=DAY):
            row = new.rule, new.scope, new.of, new.company, "", spot.user, datetime.now(UTC)
            kept.append(Kept(f"C{number}", *row))
    return kept


def balanced(ranking: Ranking, role: str, taught: Taught) -> None:
    """Every beginning of the list holds both sides, and no blocking rule is broken by any of them."""
    ids = ranking.ids
    beside = {place.metric: list(place.guarded_by) for place in ranking.places}
    shares = taught.wishes(CATALOG, role).shares
    floors = shares or (CATALOG.role(role).people_share, CATALOG.role(role).business_share)
    for n in range(2, len(ids) + 1):
        people = sum(CATALOG.metric(one).side == "people" for one in ids[:n])
        for share, held in zip(floors, (people, n - people), strict=True):
            assert held >= (ceil(Fraction(share * n, 100)) if n >= 5 else 1)
            assert share >= 20
        context = Context(
            stage="growth",
            business_model="saas",
            shares=shares,
            coached=taught.of(role) or None,
            beside=beside,
        )
        context = context.model_copy(update={"user": taught.user, "channel": taught.channel})
        results = check(CATALOG, ids[:n], role=role, context=context)
        assert [one for one in results if one.severity == "block" and not one.passed] == []


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(LESSONS, SCOPES, SPOTS), min_size=1, max_size=10),
    st.sampled_from(sorted(CATALOG.roles)),
)
def test_no_sequence_of_lessons_unbalances_a_list(
    demo_engine: Engine, lessons: list[tuple[Rule, Scope, Spot]], role: str
) -> None:
    kept = tuple(stored(lessons, demo_engine))
    for user, channel in (("ann", "C1"), ("ben", "C2"), ("cleo", "C3")):
        taught = InForce(kept, user, channel).taught(CATALOG)
        ranking = order(demo_engine, role, DAY, count=15, taught=taught).first(15)
        balanced(ranking, role, taught)
        metrics = [CATALOG.metric(one) for one in ranking.ids]
        assert [one for one in taught.results(metrics, role) if not one.passed] == []


@cache
def plain(role: str, engine: Engine) -> tuple[str, ...]:
    return order(engine, role, DAY, count=15).first(15).ids


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.tuples(LESSONS, st.just("user"), st.just(Spot("ann", "C1", ""))), min_size=1, max_size=4),
    ROLES,
)
def test_nothing_that_one_person_teaches_changes_anothers_list(
    demo_engine: Engine, lessons: list[tuple[Rule, Scope, Spot]], role: str | None
) -> None:
    taught = InForce(tuple(stored(lessons, demo_engine)), "ben", "C1").taught(CATALOG)
    for one in [role] if role else ("ceo", "cto"):
        assert order(demo_engine, one, DAY, count=15, taught=taught).first(15).ids == plain(one, demo_engine)
