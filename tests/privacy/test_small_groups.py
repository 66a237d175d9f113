"""The small-group behaviours that others publish (metrics.md F.1), met by the lattice and seen through the engine.

Where a source keeps a log of what somebody has seen, the lattice needs none: what is shown is the same for everybody
and always, and safe together. Each test says where that differs.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.calendar.periods import Calendar
from metrics.engine import Ask
from metrics.lists.build import build
from metrics.lists.wanted import Wanted
from metrics.opening import open_company
from metrics.privacy import OffLatticeError, Reader
from metrics.privacy.times import open_from
from metrics.values import Status
from tests.privacy.firm import AS_OF, Q4, TURNOVER, Person, by_department, firm, hidden, staff, values

# The seven published behaviours


def test_dialog_1_the_sibling_is_hidden_too_and_the_parent_shown(tmp_path: Path) -> None:
    engine = firm(tmp_path, staff(A=3, B=6))
    assert by_department(engine) == {"A", "B"}
    assert values(engine)[""].n == 9


def test_dialog_2_direct_members_keep_the_sibling_shown(tmp_path: Path) -> None:
    """Four people report to the parent directly: together with A they are seven, and B gives nobody away."""
    engine = firm(tmp_path, staff(A=3, B=6, Direct=4))
    assert by_department(engine) == {"A", "Direct"}
    assert values(engine)[""].n == 13


def test_culture_amp_1_a_filter_is_off_where_the_remainder_is_too_small(tmp_path: Path) -> None:
    engine = firm(tmp_path, staff(Sales=4, Technology=9))
    for name in ("Sales", "Technology"):
        assert hidden(values(engine, filters={"department": [name]})) == {""}
    assert values(engine)[""].status is Status.OK


def test_culture_amp_2_a_filter_is_on_where_the_remainder_is_large_enough(tmp_path: Path) -> None:
    """The source turns on a filter that leaves six; here these six are a group of their own or two small ones."""
    assert by_department(firm(tmp_path / "one", staff(Technology=9, Sales=6))) == set()
    assert by_department(firm(tmp_path / "two", staff(Technology=9, Sales=3, People=3))) == {
        "Sales",
        "People",
    }


def test_supermood_a_small_team_is_hidden_within_its_department(tmp_path: Path) -> None:
    """The department is an organisation here, and its teams are departments: it is shown, the team is not."""
    toml = '[organisations]\nchief_revenue_officer = ["Marketing", "Sales", "Success"]\n'
    engine = firm(tmp_path, staff(Marketing=4, Sales=12, Success=8, Engineering=20), toml)
    assert by_department(engine) == {"Marketing", "Success"}  # Success too: else Marketing is what is left
    commercial = {"department": ["Sales", "Marketing", "Success"]}
    assert values(engine, filters=commercial)[""].n == 24


def test_peoplecues_two_small_groups_hide_each_other(tmp_path: Path) -> None:
    """The source hides below three; here it is five, so that the sizes are the source's plus two."""
    engine = firm(tmp_path, staff(Tech=10, Product=9, Marketing=4, Operations=7, Business=3))
    assert by_department(engine) == {"Marketing", "Business"}


def test_talentmap_men_only_is_hidden_before_anybody_has_seen_everyone(tmp_path: Path) -> None:
    """The source blocks it once the unfiltered report was seen. Here the whole table is decided at once, so it is
    hidden whether that was seen or not, in any order: the department is shown, both of its genders never are."""
    toml = '[dimensions.sex]\ncolumn = "employees.gender"\nsensitivity = "restricted"\n'
    people = [{"department": "A", "gender": "F" if i == 0 else "M"} for i in range(12)]
    people += [{"department": "B", "gender": "F" if i < 14 else "M"} for i in range(28)]
    engine = firm(tmp_path, people, toml)
    asks = [
        Ask(TURNOVER, Q4, filters={"department": ["A"], "sex": ["M"]}),
        Ask(TURNOVER, Q4, filters={"department": ["A"]}),
        Ask(TURNOVER, Q4, by=("department", "sex")),
        Ask(TURNOVER, Q4, by=("sex",)),
    ]
    for order in permutations(asks):
        answers = {str(ask): engine.compute([ask], AS_OF)[0] for ask in order}
        assert answers[str(asks[0])][0].status is Status.SUPPRESSED
        assert answers[str(asks[1])][0].n == 12
        one = {tuple(v.group.values()): v.status for v in answers[str(asks[2])]}
        assert one["A", "M"] is one["A", "F"] is Status.SUPPRESSED


# The lattice through the engine


def test_a_filter_gives_exactly_the_cell_of_the_table(tmp_path: Path) -> None:
    people = staff(A=3, B=6, C=20, D=11)
    for i, person in enumerate(people):
        person["level"] = str(1 + i % 2)
    engine = firm(tmp_path, people)
    for by in (("department",), ("level",), ("department", "level")):
        for value in values(engine, by=by).values():
            filters = {name: [part] for name, part in value.group.items()}
            alone = values(engine, filters=filters)[""]
            assert (alone.status, alone.value, alone.n) == (value.status, value.value, value.n)
            first, *rest = by
            mixed = values(engine, by=tuple(rest), filters={first: filters[first]})
            assert mixed[" ".join(value.group[name] for name in rest)].status is value.status


def test_months_do_not_give_away_what_a_quarter_hides(tmp_path: Path) -> None:
    """B falls to four people in December: so its quarter is hidden, and its October and November are not."""
    people = staff(A=12, B=6, C=9)
    people[12]["left"] = people[13]["left"] = "2025-11-28"
    engine = firm(tmp_path, people)
    assert "B" in by_department(engine)
    months = [Calendar().containing(date(2025, month, 1), "month") for month in (10, 11, 12)]
    shown = [by_department(engine, period=month) for month in months]
    assert shown[0] == set()
    assert "B" in shown[2]


def test_hires_of_single_months_are_given_where_their_quarter_gives_nobody_away(tmp_path: Path) -> None:
    hires = {"2025-10-05": 8, "2025-11-05": 9, "2025-12-05": 2}
    people = staff(A=30) + [{"hired": day} for day, many in hires.items() for _ in range(many)]
    engine = firm(tmp_path, people)
    months = [Calendar().containing(date(2025, month, 1), "month") for month in (10, 11, 12)]
    asked = engine.compute([Ask("new_hire_turnover_rate", p) for p in (*months, Q4)], date(2026, 6, 30))
    assert [table[0].n for table in asked] == [None, 9, None, 19]  # October hides December


def test_hires_of_a_running_quarter_are_given_once_it_is_over_unless_nothing_came_before(
    tmp_path: Path,
) -> None:
    """What a month of it says today, less what the quarter says then, would be about the rest of the quarter."""
    january = [{"hired": "2025-01-05"} for _ in range(8)]
    month, ask_day = Calendar().containing(date(2025, 1, 1), "month"), date(2025, 4, 30)
    ask = Ask("time_to_fill", month)
    wanted = "SELECT 'r' || i AS req_id, {since} AS opened_on, {day} AS accepted_on FROM range(8) t(i)"
    first = wanted.format(since="DATE '2024-12-01'", day="DATE '2025-01-10'")
    young = firm(tmp_path / "young", january, requisitions=first)
    assert young.compute([ask], date(2025, 1, 31))[0][0].n == 8
    before = wanted.format(since="DATE '2024-05-01'", day="DATE '2024-06-10'").replace("'r'", "'q'")
    older = firm(tmp_path / "older", january, requisitions=f"{first} UNION ALL {before}")
    assert older.compute([ask], date(2025, 1, 31))[0][0].status is Status.SUPPRESSED
    assert older.compute([ask], ask_day)[0][0].n == 8


def test_asking_day_after_day_singles_out_no_newcomer(tmp_path: Path) -> None:
    """Of hires who have ninety days to prove themselves, one more each day would be a group of one."""
    first = date(2025, 1, 1)
    hires = [
        {
            "hired": str(day := first + timedelta(days=3 * i)),
            "left": str(day + timedelta(days=20)) if i % 4 == 0 else "",
        }
        for i in range(30)
    ]
    engine = firm(tmp_path, [*staff(A=30), *hires])
    ask, told = Ask("new_hire_turnover_rate", Calendar().quarter(2025, 1, fiscal=False)), {0}
    for passed in range(60, 200):
        [[value]] = engine.compute([ask], first + timedelta(days=passed))
        told.add(value.n or 0)
    assert max(told) == len(hires)
    assert all(many - few >= 5 for few, many in pairwise(sorted(told)))


def test_rows_that_still_arrive_after_their_month_single_nobody_out(tmp_path: Path) -> None:
    """It is mid-November, and October's rows are loaded day after day: one more who left would be told with each."""
    leavers = [{"left": f"2025-10-{day:02}"} for day in range(2, 31, 3)]
    engine = firm(tmp_path, [*staff(A=40), *leavers])
    october, clock = Calendar().containing(date(2025, 10, 1), "month"), date(2025, 11, 14)
    told = set()
    for loaded in range(1, 31):
        [[value]] = engine.compute([Ask(TURNOVER, october)], date(2025, 10, loaded), today=clock)
        told.add((value.status, value.citation.numerator))
    assert told == {(Status.INSUFFICIENT, None)}
    [[value]] = engine.compute([Ask(TURNOVER, october)], date(2025, 10, 31), today=clock)
    assert (value.status, value.citation.numerator) == (Status.OK, Decimal(len(leavers)))


def test_a_quarter_whose_last_month_still_arrives_is_given_without_it(tmp_path: Path) -> None:
    engine = firm(tmp_path, [*staff(A=40), *({"left": f"2025-{month}-15"} for month in ("10", "11", "12"))])
    [[value]] = engine.compute([Ask(TURNOVER, Q4)], date(2025, 12, 20), today=date(2026, 1, 20))
    assert (value.citation.numerator, "partial_period" in value.flags) == (Decimal(2), True)
    assert value.period.end == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("as_of", "today", "opens"),
    [
        ("2025-10-20", None, "2025-10-01"),
        ("2025-10-20", "2025-10-20", "2025-10-01"),
        ("2025-10-20", "2025-11-14", "2025-10-01"),  # rows of October still arrive
        ("2025-10-30", "2025-11-14", "2025-10-01"),  # a Thursday, and Friday is to come
        ("2025-10-31", None, "2025-11-01"),
        ("2025-10-31", "2025-11-14", "2025-11-01"),
        ("2025-11-28", "2025-11-28", "2025-11-01"),  # the last Friday, but the weekend has not passed
        ("2025-11-28", "2025-12-01", "2025-12-01"),
        ("2025-11-27", "2025-12-01", "2025-11-01"),
        ("2025-10-20", "2025-11-30", "2025-10-01"),
        ("2025-10-20", "2025-12-01", "2025-11-01"),  # nobody waits for October any more
        ("2025-10-20", "2026-11-22", "2026-10-01"),  # the data is merely old
        ("2025-12-31", "2026-01-05", "2026-01-01"),
    ],
)
def test_a_month_is_over_once_the_data_has_come_to_its_end(as_of: str, today: str | None, opens: str) -> None:
    clock = date.fromisoformat(today) if today else None
    assert open_from(date.fromisoformat(as_of), clock) == date.fromisoformat(opens)


def test_days_and_weeks_and_sets_of_departments_are_refused_in_one_sentence(tmp_path: Path) -> None:
    toml = '[organisations]\nchief_revenue_officer = ["A", "C"]\n'
    engine = firm(tmp_path, staff(A=20, B=20, C=20), toml)
    assert values(engine, filters={"department": ["C", "A"]})[""].n == 40  # an organisation is a group
    week, calendar = Calendar().containing(date(2025, 11, 5), "week"), Calendar()
    wrong = [
        Ask(TURNOVER, week),
        Ask(TURNOVER, calendar.containing(date(2025, 11, 5), "day")),
        Ask(TURNOVER, Q4, filters={"department": ["A", "B"]}),
        Ask(TURNOVER, Q4, filters={"department": ["A", "B", "C"]}),
    ]
    for ask in wrong:
        with pytest.raises(OffLatticeError):
            engine.compute([ask], AS_OF)


def test_a_running_quarter_counts_its_closed_months_only(tmp_path: Path) -> None:
    """Else the value of today less that of yesterday would be about whoever left today."""
    people = staff(A=20)
    people[0]["left"], people[1]["left"] = "2025-10-10", "2025-11-10"
    engine = firm(tmp_path, people)
    found = {day: engine.compute([Ask(TURNOVER, Q4)], date(2025, 11, day))[0][0] for day in (9, 10, 20)}
    assert {str(value.citation.numerator) for value in found.values()} == {"1"}
    assert {value.period.end for value in found.values()} == {date(2025, 11, 1)}
    assert "partial_period" in found[20].flags
    [[too_early]] = engine.compute([Ask(TURNOVER, Q4)], date(2025, 10, 20))
    assert too_early.status is Status.INSUFFICIENT


def test_an_organisation_and_its_departments_single_out_nobody(tmp_path: Path) -> None:
    """R41: the organisation of a role is a group of the lattice; what it leaves of the company is another."""
    toml = '[organisations]\nchief_revenue_officer = ["Sales", "Success"]\ncmo = ["Marketing", "Sales"]\n'
    engine = firm(tmp_path, staff(Sales=10, Success=3, Marketing=8, Executive=2, Engineering=30), toml)
    assert values(engine, filters={"department": ["Sales", "Success"]})[""].n == 13
    # Sales is hidden: less the organisation, Success would be three people.
    assert {"Sales", "Success", "Executive"} <= by_department(engine)


def test_outsiders_see_groups_of_thirty(tmp_path: Path) -> None:
    engine = firm(tmp_path, staff(A=40, B=29, C=35, D=12))
    assert by_department(engine) == set()
    assert by_department(engine, reader=Reader(audience="external")) == {"B", "D"}


def test_pay_needs_ten_and_so_does_cost_by_department(tmp_path: Path) -> None:
    costs = """SELECT 'c' || i AS cost_id, DATE '2025-11-30' AS incurred_on, 'gna' AS pnl_line,
        CASE WHEN i % 2 = 0 THEN 'payroll' ELSE 'tools' END AS nature, 'ABC'[1 + i % 3] AS department_id,
        false AS is_variable, 1000.0 AS amount_base FROM range(60) t(i)"""
    engine = firm(tmp_path, staff(A=14, B=7, C=9), cost_entries=costs)
    assert by_department(engine, "compa_ratio") == {"B", "C"}
    assert by_department(engine, "opex") == {"B", "C"}
    assert hidden(values(engine, "opex", by=("department", "cost_nature"))) == {
        "B payroll", "B tools", "C payroll", "C tools",
    }  # fmt: skip
    assert hidden(values(engine, "opex", filters={"department": ["B"]})) == {""}
    assert values(engine, "opex")[""].value is not None


def test_cost_by_department_is_hidden_where_nobody_can_be_counted(tmp_path: Path) -> None:
    costs = """SELECT 'c' || i AS cost_id, DATE '2025-11-30' AS incurred_on, 'gna' AS pnl_line,
        'payroll' AS nature, 'A' AS department_id, false AS is_variable, 1000.0 AS amount_base FROM range(6) t(i)"""
    engine = firm(tmp_path, staff(A=1), cost_entries=costs)
    for name in ("employees", "job_history", "compensation"):
        (tmp_path / "tables" / f"{name}.sql").unlink()
    engine = open_company(tmp_path)
    assert by_department(engine, "opex") == {"A"}


def test_a_business_metric_by_a_fact_about_people_is_about_people(tmp_path: Path) -> None:
    """Deals are many, but those of one seller alone are that person's."""
    deals = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 12) AS owner_id, DATE '2025-10-01' AS created_on,
        DATE '2025-11-15' AS closed_on, CASE WHEN i % 3 = 0 THEN 'won' ELSE 'lost' END AS outcome,
        100.0 AS amount_base FROM range(240) t(i)"""
    people = [{"level": "3" if i == 0 else "2" if i < 6 else "1"} for i in range(12)]
    engine = firm(tmp_path, people, opportunities=deals)
    assert hidden(values(engine, "win_rate", by=("level",))) == {"2", "3"}
    assert hidden(values(engine, "win_rate", by=("department",))) == set()


def test_what_people_are_not_counted_by_parts_no_value_about_them(tmp_path: Path) -> None:
    """Of level 3 are six sellers; of these one alone sells to enterprises. A rate of women is none of a gender."""
    deals = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 12) AS owner_id, DATE '2025-10-01' AS created_on,
        CASE WHEN i < 2 THEN 'ent' ELSE 'smb' END AS account_id, DATE '2025-11-15' AS closed_on,
        CASE WHEN i % 3 = 0 THEN 'won' ELSE 'lost' END AS outcome, 100.0 AS amount_base FROM range(240) t(i)"""
    accounts = "SELECT * FROM (VALUES ('ent', 'enterprise'), ('smb', 'small')) AS t(account_id, segment)"
    people = [{"level": str(1 + 2 * (i % 2)), "gender": "FM"[i % 2]} for i in range(12)]
    toml = '[dimensions.sex]\ncolumn = "employees.gender"\n'
    engine = firm(tmp_path, people, toml, opportunities=deals, accounts=accounts)
    assert hidden(values(engine, "win_rate", by=("level",))) == set()
    for how in (
        {"by": ("level", "segment")},
        {"by": ("level",), "filters": {"segment": ["enterprise"]}},
        {"by": ("segment",), "filters": {"level": ["3"]}},
    ):
        with pytest.raises(OffLatticeError, match="by segment they are not counted"):
            values(engine, "win_rate", **how)
    for by in (("sex",), ("department", "sex")):
        with pytest.raises(OffLatticeError, match="by sex they are not counted"):
            values(engine, "representation_rate", by=by)


def test_names_of_persons_are_for_those_who_were_granted_them(tmp_path: Path) -> None:
    deals = """SELECT 'o' || i AS opportunity_id, 'e' || (i % 3) AS owner_id, DATE '2025-10-01' AS created_on,
        DATE '2025-11-15' AS closed_on, 'won' AS outcome, 100.0 AS amount_base FROM range(30) t(i)"""
    engine = firm(tmp_path, staff(A=12), opportunities=deals)
    with pytest.raises(Exception, match="names persons"):
        values(engine, "win_rate", by=("owner",))
    assert len(values(engine, "win_rate", by=("owner",), reader=Reader(persons=True))) == 3


def test_one_or_two_are_withheld_of_restricted_columns_only(tmp_path: Path) -> None:
    people = staff(A=20, B=20, C=20)
    for i in (0, 1, 20, 21, 22, 23, 24, 40, 41, 42, 43):
        people[i]["gender"] = "F"
    people[3]["left"] = "2025-11-10"
    engine = firm(tmp_path, people)
    assert "A" in by_department(engine, "representation_rate")
    assert by_department(engine) == set()


def test_nobody_can_find_out_whether_there_is_anybody_of_a_protected_trait_in_a_group(tmp_path: Path) -> None:
    """A row that is there and suppressed, beside one that is not there, would tell of the one person in it."""
    toml = '[dimensions.sex]\ncolumn = "employees.gender"\n'
    people = [*staff(A=21, B=12, C=15)]
    for person, sex in zip(people, "M" * 20 + "X" + "F" * 12 + "M" * 15, strict=True):
        person["gender"] = sex
    engine = firm(tmp_path, people, toml)
    found = values(engine, by=("department", "sex"))
    assert set(found) == {f"{department} {sex}" for department in "ABC" for sex in "FMX"}
    assert hidden(found) == set(found) - {"B F", "C M"}
    for department, sex in (("A", "X"), ("B", "X"), ("A", "nobody's"), ("A", "F")):
        alone = values(engine, filters={"department": [department], "sex": [sex]})
        assert hidden(alone) == {""}
    within = values(engine, by=("sex",), filters={"department": ["C"]})
    assert (set(within), hidden(within)) == ({"F", "M", "X"}, {"F", "X"})
    [lacking] = values(engine, "training_hours_per_employee", by=("sex",)).values()
    assert lacking.status is Status.NOT_MEASURED


def test_the_newest_record_behind_a_value_about_people_is_told_by_its_month(tmp_path: Path) -> None:
    """The day on which the only leaver left, or the last of six fell ill, is a fact about one person."""
    people = staff(A=30, B=12)
    people[0]["left"] = "2025-11-10"
    engine = firm(tmp_path, people)
    shown = values(engine, by=("department",)) | values(engine)
    assert {name: value.citation.data_through for name, value in shown.items()} == {
        "": date(2025, 11, 30),
        "A": date(2025, 12, 31),
        "B": date(2020, 3, 31),
    }


def test_that_of_a_group_is_told_by_its_quarter(tmp_path: Path) -> None:
    """Eleven left in February and one in August: the month of the one is in no other value that is shown."""
    people = staff(A=40, B=40)
    for i in range(12):
        people[i]["left"] = "2025-08-10" if i == 11 else "2025-02-10"
    engine, year = firm(tmp_path, people), Calendar().year(2025, fiscal=False)
    of_a = values(engine, "regretted_turnover_rate.of_leavers", year, filters={"department": ["A"]})[""]
    assert of_a.n == 12
    assert of_a.citation.data_through == date(2025, 9, 30)
    assert values(engine, "regretted_turnover_rate.of_leavers", year)[""].citation.data_through == date(
        2025, 8, 31
    )


@pytest.mark.parametrize("few", ["F", "M"])
def test_of_a_protected_trait_one_or_two_without_it_are_as_few_as_with_it(tmp_path: Path, few: str) -> None:
    """Nineteen women of twenty are one man: his department is hidden as it is where he is the one woman."""
    people = staff(A=20, B=20, C=20)
    for i, person in enumerate(people):
        person["gender"] = few if i in (0, 20, 21, 22, 40, 41, 42, 43) else "M" if few == "F" else "F"
    found = values(firm(tmp_path, people), "representation_rate", by=("department",))
    assert hidden(found) == {"A", "B"}  # B too: else A is what the others leave of the company
    assert found["C"].value is not None


@pytest.mark.parametrize(("one", "other"), ["FM", "MF"])
def test_of_a_protected_trait_none_and_all_are_as_few_as_one(tmp_path: Path, one: str, other: str) -> None:
    """0 % or 100 % women in a department says of each of its people what they are (metrics.md F.1)."""
    people = staff(A=20, B=20, C=20)
    for i, person in enumerate(people):
        person["gender"] = one if i < 20 or i % 4 == 0 else other
    engine = firm(tmp_path, people)
    found = values(engine, "representation_rate", by=("department",))
    assert hidden(found) == {"A", "C"}  # C too: else A is what the others leave of the company
    assert values(engine, "representation_rate")[""].n == 60
    assert by_department(engine) == set()  # that they left is no protected trait, and nobody did


def test_a_company_without_any_women_is_told_as_little_as_one_with_a_single_one(tmp_path: Path) -> None:
    for number, women in enumerate((0, 1, 3)):
        people: list[Person] = [{"gender": "F" if i < women else "M"} for i in range(40)]
        told = hidden(values(firm(tmp_path / str(number), people), "representation_rate"))
        assert told == ({""} if women < 3 else set())


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=2, max_size=5))
def test_whatever_is_left_of_the_company_holds_some_of_either(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[tuple[int, int]]
) -> None:
    """Shares of women by department and of all: neither a cell, nor what is hidden together, is of none or all."""
    people = [
        {"department": f"d{number}", "gender": gender}
        for number, (women, men) in enumerate(sizes)
        for gender in "F" * women + "M" * men
    ]
    assume(people)
    engine = firm(tmp_path_factory.mktemp("firm"), people)
    found = values(engine, "representation_rate", by=("department",))
    groups = [{name} for name in set(found) - hidden(found)]
    if not hidden(values(engine, "representation_rate")):
        groups += [set(found), hidden(found)]
    for group in filter(None, groups):
        women, men = (sum(sizes[int(name[1:])][place] for name in group) for place in (0, 1))
        assert min(women, men) >= 3
        assert women + men >= 10


def test_a_company_of_forty_gets_its_scorecard(tmp_path: Path) -> None:
    """Its sellers are too few for a value of their own; the company is not."""
    toml = '[organisations]\nchief_revenue_officer = ["Sales", "Success"]\n'
    people = staff(Sales=3, Success=1, Engineering=28, Executive=8)
    for i in (0, 9):
        people[i]["left"] = "2025-11-14"
    engine = firm(tmp_path, people, toml)
    card = build(engine, Wanted("chief_revenue_officer", 15, Q4, AS_OF))
    [row] = [row for row in card.rows if row.metric.id == "regretted_turnover_rate"]
    assert (row.value.citation.numerator, row.value.n, "rolled_up" in row.value.flags) == (
        Decimal(2),
        39,
        True,
    )
    assert "People metrics cover the whole company." in card.notes


def test_an_organisation_that_is_too_small_is_rolled_up_to_the_company(tmp_path: Path) -> None:
    people = staff(Sales=3, Success=1, Engineering=28, Executive=8)
    engine = firm(tmp_path, people, '[organisations]\nchief_revenue_officer = ["Sales", "Success"]\n')
    mine = {"department": ["Sales", "Success"]}
    [[value]] = engine.compute([Ask(TURNOVER, Q4, filters=mine, roll_up=True)], AS_OF)
    assert (value.n, value.period, "rolled_up" in value.flags) == (40, Q4, True)
    assert "department" not in value.citation.filters
    [[alone]] = engine.compute([Ask(TURNOVER, Q4, filters=mine)], AS_OF)
    assert alone.status is Status.SUPPRESSED


def test_a_quarter_with_few_hires_is_rolled_up_to_the_year_and_says_so(tmp_path: Path) -> None:
    people = staff(A=30) + [{"hired": f"2025-{month:02d}-05"} for month in (1, 2, 3, 5, 6, 8, 9, 11)]
    engine = firm(tmp_path, people)
    [[value]] = engine.compute([Ask("new_hire_turnover_rate", Q4, roll_up=True)], date(2026, 6, 30))
    assert (value.n, value.period.label, "rolled_up" in value.flags) == (8, "2025", True)


def test_the_first_months_of_a_company_count_as_one_with_the_next(tmp_path: Path) -> None:
    people = [{"hired": f"2024-{month:02d}-01"} for month in range(1, 11)]
    people[0]["left"] = "2024-03-15"
    engine = firm(tmp_path, people)
    year = Calendar().year(2024, fiscal=False)
    assert values(engine, period=year)[""].citation.numerator == 1
    months = [Calendar().containing(date(2024, m, 1), "month") for m in range(1, 13)]
    shown = [values(engine, period=m)[""].status is Status.OK for m in months]
    assert (
        shown.index(True) == 7
    )  # from August on: July, when there are first five, would give away all before


@pytest.mark.parametrize("metric", ["representation_rate", "compa_ratio"])
def test_what_a_quarter_ends_with_is_shown_with_its_last_month(metric: str, tmp_path: Path) -> None:
    """October has nine people, of whom nothing is told; December and its quarter are one and the same figure."""
    joined: list[Person] = [{"hired": "2025-01-05", "gender": "F"}] * 9 + [{"hired": "2025-11-05"}] * 21
    engine = firm(tmp_path, joined)
    october, december = (Calendar().containing(date(2025, month, 1), "month") for month in (10, 12))
    assert hidden(values(engine, metric, october)) == {""}
    quarter, last = values(engine, metric, Q4)[""], values(engine, metric, december)[""]
    assert (quarter.value, quarter.n) == (last.value, last.n)
    assert quarter.status is last.status is Status.OK


@pytest.mark.parametrize("metric", ["representation_rate", "compa_ratio"])
def test_what_a_month_ends_with_is_shown_though_few_were_there_when_it_began(
    metric: str, tmp_path: Path
) -> None:
    """Four people until November, twenty-five when December ends: of the four nothing is told, nor of an average."""
    joined: list[Person] = [{"hired": "2025-01-05", "gender": "F"}] * 4 + [{"hired": "2025-12-05"}] * 21
    engine = firm(tmp_path, joined)
    november, december = (Calendar().containing(date(2025, month, 1), "month") for month in (11, 12))
    assert hidden(values(engine, metric, november)) == {""}
    assert [values(engine, metric, period)[""].n for period in (december, Q4)] == [25, 25]
    assert hidden(values(engine, TURNOVER, december)) == {
        ""
    }  # the mean of November's four and December's end


def test_what_a_quarter_holds_is_not_shown_where_one_of_its_months_is_hidden(tmp_path: Path) -> None:
    engine = firm(tmp_path, [{"hired": "2025-01-05"}] * 4 + [{"hired": "2025-11-05"}] * 21)
    found = values(engine, "employee_turnover_rate.of_end")  # its leavers are those of three months
    assert hidden(found) == {""}


def test_departments_without_a_name_are_guarded_as_the_one_group_they_are_shown_as(tmp_path: Path) -> None:
    """Were they two groups, the small one would be what the large one and its siblings leave of the company."""
    engine = firm(tmp_path, staff(**{"A": 30, "": 2, "(none)": 28}))
    [found] = engine.compute([Ask(TURNOVER, Q4, by=("department",))], AS_OF)
    assert [(value.group["department"], value.n) for value in found] == [("A", 30), ("(none)", 30)]
    filtered = values(engine, filters={"department": ["(none)"]})
    assert [value.n for value in filtered.values()] == [30]
