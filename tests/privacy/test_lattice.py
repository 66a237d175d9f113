"""No combination of released people values is about too few people: attacked at random, and checked by brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from metrics.privacy.combinations import TooManyError, singled_out
from metrics.privacy.lattice import OffLatticeError, place, tables
from metrics.privacy.release import Cells, Count, released
from tests.attack import caught, combinations, firm, passing_rows, primary_only, standing_rows

pytestmark = pytest.mark.slow

FIRMS, TRIES = 25, 2000


@pytest.mark.parametrize("passing", [False, True], ids=["people", "hires"])
def test_fifty_thousand_random_combinations_never_single_out_a_small_group(passing: bool) -> None:
    """Twice: a hundred thousand in all. Departments, levels, pairs, organisations; months, quarters and years."""
    released_rows = passing_rows if passing else standing_rows
    tried = leaks = 0
    for seed in range(FIRMS):
        chance = np.random.default_rng(seed)
        one = firm(chance, passing=passing)
        rows = released_rows(one)
        if not len(rows):
            continue
        for found in combinations(rows, chance, TRIES):
            tried += len(found)
            leaks += caught(found, one, passing=passing)
    assert leaks == 0
    assert tried >= 0.9 * FIRMS * TRIES


@pytest.mark.parametrize("passing", [False, True], ids=["people", "hires"])
def test_the_same_attack_succeeds_where_only_small_cells_are_hidden(passing: bool) -> None:
    released_rows = passing_rows if passing else standing_rows
    broken = 0
    for seed in range(20):
        chance = np.random.default_rng(seed)
        one = firm(chance, passing=passing)
        rows = released_rows(one, primary_only)
        broken += any(caught(found, one, passing=passing) for found in combinations(rows, chance, TRIES))
    assert broken >= 15


def test_a_group_is_found_exactly_where_brute_force_finds_one() -> None:
    chance, found = np.random.default_rng(1), 0
    for _ in range(300):
        pieces, cells = int(chance.integers(3, 9)), int(chance.integers(1, 6))
        rows = chance.integers(0, 2, (cells, pieces)).astype(np.int8)
        people = chance.integers(0, 7, pieces).astype(np.float64)
        nothing = np.zeros((0, pieces), dtype=np.int8)
        expected = _brute_force(rows, people, 5)
        assert (singled_out(nothing, rows, people, 5) is not None) == expected
        found += expected
    assert 100 < found < 290


def _brute_force(rows: np.ndarray, people: np.ndarray, least: int) -> bool:
    """Whether any group of some, but fewer people is a linear combination of the rows."""
    rows = rows[:, people > 0].astype(float)
    rank = np.linalg.matrix_rank(rows) if rows.size else 0
    return any(
        0 < float(np.array(group) @ people[people > 0]) < least
        and np.linalg.matrix_rank(np.vstack([rows, group])) == rank
        for group in product((0.0, 1.0), repeat=rows.shape[1])
    )


def test_what_cannot_be_searched_through_counts_as_unsafe() -> None:
    rows = np.eye(20, dtype=np.int8)
    with pytest.raises(TooManyError):
        singled_out(rows[:0], rows, np.full(20, 3.0), 10)


def test_a_table_is_decided_without_those_after_it() -> None:
    chance = np.random.default_rng(3)
    rows = [Cells(tuple(range(6)), chance.integers(0, 2, (6, 12)).astype(np.int8)) for _ in range(4)]
    people = chance.integers(0, 5, 12).astype(np.float64)
    whole = released(rows, [Count(people, (5, 5, 5, 5))])
    for until in range(1, 5):
        assert released(rows[:until], [Count(people, (5,) * until)]) == whole[:until]


@pytest.mark.parametrize("seed", range(12))
def test_departments_are_decided_alike_however_fine_the_question_is(seed: int) -> None:
    """Whoever asks for departments gets them by department, whoever asks for levels by both: the same are shown."""
    one = firm(np.random.default_rng(seed), passing=False)
    known = tables("people", dict.fromkeys(("department", "level"), "people"), (), one.organisations)
    until = [index for index, table in enumerate(known) if table.dimensions == ("department",)][-1] + 1
    shown = []
    for width in (1, 2, 3):
        names, groups = ("department", "level", "family")[:width], sorted({g[:width] for g in one.groups})
        people = [
            sum(n for g, n in zip(one.groups, one.people[:, 6], strict=True) if g[:width] == p)
            for p in groups
        ]
        cells = [Cells(tuple(t.keys(names, groups)), t.rows(names, groups)) for t in known[:until]]
        shown.append(released(cells, [Count(np.array(people, dtype=np.float64), (5,) * until)]))
    assert shown[0] == shown[1] == shown[2]


def test_what_is_no_declared_group_is_refused_in_one_sentence() -> None:
    found = tables(
        "people", {"department": "people", "level": "people", "tenure": "people"}, (), [("A", "B")]
    )
    for by, filters in [
        (("level", "tenure"), {}),
        ((), {"department": ["A", "C"]}),
        (("level",), {"department": ["A", "B"]}),
        (("level", "department"), {"tenure": ["1"]}),
    ]:
        with pytest.raises(OffLatticeError) as refused:
            place(found, by, filters)
        assert str(refused.value).count(". ") == 0
    assert place(found, (), {"department": ["B", "A"]}).table.sets == (frozenset("AB"),)
    assert place(found, ("level",), {"department": ["A"]}).table.dimensions == ("department", "level")
