"""How near the ranking comes to the exact optimum under the same constraints, found by an integer programme.

The optimum of position-weighted relevance: what a metric weighs for the role, times 1 / log2(place + 1), over
fifteen places of which every prefix keeps the rules. Solved by HiGHS through `highspy`: its makers' own package,
a twelfth of the size of SciPy's wrapper around the same solver, with numpy as its only need.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import log2
from typing import Any

import pytest

from metrics.load import load_catalog
from metrics.model import BusinessModel, Stage
from metrics.ranking import rank
from metrics.ranking.candidates import Candidate, Wish, field_of
from metrics.ranking.lack import standing
from metrics.ranking.limits import Ground, Limits, attainable

pytestmark = pytest.mark.slow

highspy = pytest.importorskip("highspy", reason="the solver (highspy) is not installed")

CATALOG = load_catalog()
STAGES: tuple[Stage, ...] = ("pre_pmf", "growth", "scale")
MODELS: tuple[BusinessModel, ...] = ("saas", "ecommerce", "services", "marketplace")
COMBINATIONS = list(product(sorted(CATALOG.roles), STAGES, MODELS))
N = 15
INF = float("inf")
WORTH = [1 / log2(place + 2) for place in range(N)] + [0.0]
"""What relevance counts for at each place, the first one first."""
WHOLE = 1e-6
"""How far from a whole number the solver's own arithmetic may put one."""
GAP = 1e-4
"""The solver stops when it has proved that no list is better than its own by more than this share."""

Terms = list[tuple[int, int]]


@dataclass
class Programme:
    """`held[m, k]` is 1 where metric m stands among the first k: a list is a growing family of sets."""

    candidates: Sequence[Candidate]
    relevance: Sequence[float]
    rows: list[Terms] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def held(self, m: int, k: int) -> int:
        return m * N + k - 1

    def row(self, terms: Terms, least: float, most: float) -> None:
        self.rows.append(terms)
        self.lower.append(least)
        self.upper.append(most)

    def those(self, k: int, ids: Iterable[int], sign: int = 1) -> Terms:
        """These metrics, among the first k."""
        return [(self.held(m, k), sign) for m in ids] if k else []

    def solve(self) -> float:
        """The relevance of the best list there is."""
        size = len(self.candidates) * N
        cost = [0.0] * size
        for m, weight in enumerate(self.relevance):
            for k in range(1, N + 1):
                cost[self.held(m, k)] = -weight * (WORTH[k - 1] - WORTH[k])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, len(self.rows)
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, [0.0] * size, [1.0] * size
        model.row_lower_, model.row_upper_ = self.lower, self.upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for terms in self.rows:
            starts.append(starts[-1] + len(terms))
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [column for terms in self.rows for column, _ in terms]
        model.a_matrix_.value_ = [float(sign) for terms in self.rows for _, sign in terms]
        return self._run(model)

    def _run(self, model: Any) -> float:
        """Without integrality first: where all come out whole, that is the optimum, and no search is needed."""
        solver = highspy.Highs()
        # without presolve, which takes far longer than these small programmes
        for option, value in (("output_flag", False), ("presolve", "off"), ("mip_rel_gap", GAP)):
            solver.setOptionValue(option, value)
        solver.passModel(model)
        solver.run()
        if any(abs(one - round(one)) > WHOLE for one in solver.getSolution().col_value):
            model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
            solver.passModel(model)
            solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return -float(solver.getInfo().objective_function_value)


def ceil(percent: int, n: int) -> int:
    return -(-percent * n // 100)


def programme(candidates: Sequence[Candidate], relevance: Sequence[float], limits: Limits) -> Programme:
    """Every constraint that the ranking keeps, for every prefix."""
    made = Programme(candidates, relevance)
    everything = range(len(candidates))
    for k in range(1, N + 1):
        made.row(made.those(k, everything), k, k)
        made.row(made.those(k, [m for m in everything if candidates[m].people]), *_people(limits, k))
        for members, least in _floors(limits, k):
            made.row(made.those(k, [m for m in everything if candidates[m].id in members]), least, INF)
        for spread, percent in limits.caps:
            for dimension in sorted({one.dimension for one in candidates}):
                about = [m for m in everything if candidates[m].dimension == dimension]
                made.row(made.those(k, about), -INF, ceil(percent, max(k, spread.counted_as)))
    _each(made)
    return made


def _each(made: Programme) -> None:
    """What holds for single metrics: once in, always in; counters first; who may lead; no complements."""
    candidates = made.candidates
    index = {one.id: m for m, one in enumerate(candidates)}
    leaders = [m for m, one in enumerate(candidates) if not one.people and one.may_lead]
    for m, one in enumerate(candidates):
        before = [[index[name] for name in sorted(guard.one_of) if name in index] for guard in one.guards]
        if not one.people and not one.may_lead:
            before.append(leaders)
        for k in range(1, N + 1):
            if k < N:
                made.row([(made.held(m, k), 1), (made.held(m, k + 1), -1)], -INF, 0)
            for counters in before:
                made.row([(made.held(m, k), 1), *made.those(k - 1, counters, -1)], -INF, 0)
        for rival in one.rivals & index.keys():
            made.row([(made.held(m, N), 1), (made.held(index[rival], N), 1)], -INF, 1)


def _people(limits: Limits, k: int) -> tuple[int, int]:
    """The fewest and the most people metrics among the first k."""
    if k >= limits.mix.shares_from:
        return ceil(limits.shares.people, k), k - ceil(limits.shares.business, k)
    least = limits.mix.below if k > 1 else 0
    return least, k - least


def _floors(limits: Limits, k: int) -> Iterator[tuple[frozenset[str], int]]:
    for asked in limits.floors:
        for floor in asked.floors if k >= asked.from_length else ():
            yield floor.members, max(floor.least, ceil(floor.share, k))


def nearness(role: str, stage: Stage, model: BusinessModel, without: set[str]) -> float:
    """The relevance of the ranking's first fifteen, as a share of the best there can be."""
    ground = field_of(CATALOG, Ground(role, stage, model))
    weighed = {name: float(scored.score) for name, scored in ground.scores.weighed.items()}
    ids = rank(CATALOG, role, stage=stage, business_model=model, without=without, count=N).first(N).ids
    got = sum(weighed.get(name, 1.0) * WORTH[place] for place, name in enumerate(ids))
    candidates = ground.chosen(Wish(without=frozenset(without)), {})
    limits, _ = attainable(ground.limits, [one.id for one in standing(candidates)])
    best = programme(candidates, [weighed.get(one.id, 1.0) for one in candidates], limits).solve()
    assert got <= best * (1 + 2 * GAP), "the ranking breaks a rule that the optimum keeps"
    return got / best


def told(capsys: pytest.CaptureFixture[str], what: str, found: list[float]) -> tuple[float, float]:
    """Average and worst, printed whatever the outcome."""
    average, worst = sum(found) / len(found), min(found)
    with capsys.disabled():
        figures = f"{100 * average:.2f} % on average, {100 * worst:.2f} % at worst"
        print(f"\n  {len(found)} rankings, {what}: {figures} of the exact optimum")  # noqa: T201
    return average, worst


def test_all_rankings_come_within_a_percent_of_the_optimum(capsys: pytest.CaptureFixture[str]) -> None:
    found = [nearness(role, stage, model, set()) for role, stage, model in COMBINATIONS]
    average, worst = told(capsys, "all metrics", found)
    assert average >= 0.99
    assert worst >= 0.98


def test_with_three_in_ten_metrics_missing_they_still_come_near(capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(2025)  # noqa: S311
    names = sorted(CATALOG.metrics)
    found = []
    for role, stage, model in COMBINATIONS:
        missing = set(dice.sample(names, 3 * len(names) // 10))
        found.append(nearness(role, stage, model, missing))
    average, worst = told(capsys, "three in ten metrics missing", found)
    assert average >= 0.99
    assert worst >= 0.93
