"""Why did it change? What each group did, and that it adds up to the change exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citations import fill
from bot.model import Question, Request
from bot.replies import REPLIES, Place
from bot.replies.contribution import asks_why
from bot.replies.origin import came_from
from metrics.calendar.periods import Calendar
from metrics.demo.stories import SELLERS_LEAVE
from metrics.engine import Ask, Engine
from metrics.engine.changes.compare import earlier
from metrics.engine.changes.contribution import HIDDEN, Contributions, UnsplitError, contributions
from metrics.engine.changes.split import Effect, Key, Parts, split
from metrics.engine.changes.telling import most_telling
from metrics.errors import TooSlowError
from metrics.lists.wanted import AsOf
from metrics.values import Status
from tests.scorecards import CARD, CATALOG
from tests.scorecards import value as scorecard_value
from tests.tiny import tiny

AS_OF = date(2025, 12, 31)
THIRD, FOURTH = (Calendar().quarter(2025, number, fiscal=False) for number in (3, 4))

numbers = st.fractions(min_value=0, max_value=10**9, max_denominator=1000)
groups = st.dictionaries(
    st.tuples(st.sampled_from("abcdefg")), st.builds(Parts, numbers, numbers), min_size=1, max_size=6
)


def whole(parts: dict[Key, Parts]) -> Parts:
    bottom = sum((one.denominator or Fraction(0) for one in parts.values()), Fraction(0))
    return Parts(sum((one.numerator for one in parts.values()), Fraction(0)), bottom)


@given(before=groups, now=groups, scale=st.sampled_from([Fraction(1), Fraction(100)]))
def test_rate_and_mix_effects_add_up_to_the_change_exactly(
    before: dict[Key, Parts], now: dict[Key, Parts], scale: Fraction
) -> None:
    then, after = whole(before), whole(now)
    found = split(before, now, then, after, scale)
    if not then.denominator or not after.denominator:
        assert found is None or found[0] == "sum"
        return
    assert found is not None
    change = scale * after.numerator / after.denominator - scale * then.numerator / then.denominator
    assert sum((effect.rate + effect.mix for effect in found[1].values()), Fraction(0)) == change


@given(before=st.dictionaries(st.tuples(st.sampled_from("abc")), numbers, min_size=1), now=numbers)
def test_the_groups_of_a_sum_add_up_exactly(before: dict[Key, Fraction], now: Fraction) -> None:
    then: dict[Key, Parts] = {key: Parts(value) for key, value in before.items()}
    found = split(
        then, {("a",): Parts(now)}, Parts(sum(before.values(), Fraction(0))), Parts(now), Fraction(1)
    )
    assert found is not None
    assert sum((effect.total for effect in found[1].values()), Fraction(0)) == now - sum(
        before.values(), Fraction(0)
    )


def test_a_group_that_grows_without_changing_its_rate_is_mix_alone() -> None:
    before: dict[Key, Parts] = {
        ("big",): Parts(Fraction(50), Fraction(100)),
        ("small",): Parts(Fraction(10), Fraction(100)),
    }
    now: dict[Key, Parts] = {
        ("big",): Parts(Fraction(50), Fraction(100)),
        ("small",): Parts(Fraction(30), Fraction(300)),
    }
    found = split(before, now, whole(before), whole(now), Fraction(100))
    assert found is not None
    assert [effect.rate for effect in found[1].values()] == [0, 0]
    assert sum(effect.mix for effect in found[1].values()) == Fraction(20) - Fraction(30)


def test_groups_that_are_no_parts_of_the_whole_are_not_explained() -> None:
    overlapping: dict[Key, Parts] = {
        ("a",): Parts(Fraction(5), Fraction(10)),
        ("b",): Parts(Fraction(6), Fraction(10)),
    }
    together = Parts(Fraction(8), Fraction(15))
    assert split(overlapping, overlapping, together, together, Fraction(1)) is None


def deals(won: dict[str, tuple[int, int]]) -> str:
    """Closed deals by department and quarter: how many were won, and how many lost."""
    rows = ["opportunity_id owner_id closed_on outcome opp_type"]
    for (kind, month), (yes, no) in ((key.split("@"), pair) for key, pair in won.items()):
        for i in range(yes + no):
            outcome = "won" if i < yes else "lost"
            rows.append(f"{kind}{month}{i} E 2025-{month}-02 {outcome} {kind}")
    return "\n".join(rows)


def since_before(
    engine: Engine, ask: Ask, split: Callable[..., Contributions | None] = contributions
) -> Contributions:
    """The split of what changed since the period just before."""
    found = split(engine, ask, earlier(ask, "previous"), AS_OF)
    assert found is not None
    return found


def test_the_effects_of_a_win_rate_are_those_computed_by_hand(tmp_path: Path) -> None:
    table = deals({"new@08": (40, 60), "renewal@08": (90, 10), "new@11": (60, 140), "renewal@11": (90, 10)})
    engine = tiny(tmp_path, {"opportunities": table})
    found = since_before(engine, Ask("win_rate", FOURTH, ("opp_type",)))
    assert (found.before.value, found.now.value) == (Decimal(65), Decimal(50))
    new, renewal = found.effects
    # weights 1/2 -> 2/3 and 1/2 -> 1/3; rates 40 -> 30 and 90 -> 90; the middle of both periods is 57.5
    assert (new.group, new.rate, new.mix) == (
        {"opp_type": "new"},
        Fraction(-35, 6),
        Fraction(1, 6) * Fraction(-45, 2),
    )
    assert (renewal.rate, renewal.mix) == (Fraction(0), Fraction(-1, 6) * Fraction(65, 2))
    assert found.change == -15


def test_a_rate_of_one_group_that_gives_way_to_another_is_mix(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"opportunities": deals({"new@08": (40, 60), "renewal@11": (90, 10)})})
    found = since_before(engine, Ask("win_rate", FOURTH, ("opp_type",)))
    assert found.kind == "ratio"
    # weights 1 -> 0 and 0 -> 1, away from the middle of 65: each did half of the rise from 40 to 90
    assert [(one.group["opp_type"], one.rate, one.mix) for one in found.effects] == [
        ("new", Fraction(0), Fraction(25)),
        ("renewal", Fraction(0), Fraction(25)),
    ]


def test_what_is_divided_by_the_same_for_all_by_definition_is_a_sum() -> None:
    then: dict[Key, Parts] = {("a",): Parts(Fraction(5), Fraction(90))}
    now: dict[Key, Parts] = {("b",): Parts(Fraction(9), Fraction(90))}
    for shared, kind in ((True, "sum"), (False, "ratio")):
        found = split(then, now, then[("a",)], now[("b",)], Fraction(1), shared=shared)
        assert found is not None
        assert found[0] == kind


def test_the_planted_story_is_found_without_naming_a_dimension(demo_engine: Engine) -> None:
    found = since_before(demo_engine, Ask("win_rate", THIRD), most_telling)
    assert found.effects[0].group == {"department": SELLERS_LEAVE.where}
    assert found.effects[0].total < found.effects[0].share * found.change < 0
    assert found.now.value is not None
    assert found.before.value is not None
    assert abs(found.change - Fraction(found.now.value - found.before.value)) < Fraction(1, 10**15)


@pytest.mark.parametrize(
    "metric", ["win_rate", "gross_revenue_retention", "mrr", "opex", "dso", "revenue_run_rate"]
)
def test_changes_of_the_demo_company_are_split_exactly(demo_engine: Engine, metric: str) -> None:
    found = since_before(demo_engine, Ask(metric, FOURTH), most_telling)
    assert sum((effect.total for effect in found.effects), Fraction(0)) == found.change


def test_a_split_that_takes_too_long_is_not_taken_for_one_that_says_nothing(
    demo_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object, **__: object) -> NoReturn:
        raise TooSlowError("The query took longer than 30 s.")

    monkeypatch.setattr("metrics.engine.changes.telling.contributions", too_slow)
    with pytest.raises(TooSlowError):
        since_before(demo_engine, Ask("win_rate", THIRD), most_telling)


def test_a_median_has_no_exact_split(demo_engine: Engine) -> None:
    with pytest.raises(UnsplitError, match="does not add up over segment"):
        since_before(demo_engine, Ask("lead_response_time", FOURTH, ("segment",)))


def test_groups_too_small_to_show_are_explained_together_and_never_alone(demo_engine: Engine) -> None:
    found = since_before(demo_engine, Ask("employee_turnover_rate", FOURTH, ("department",)))
    hidden = {
        value.group["department"]
        for value in (*found.groups_now, *found.groups_before)
        if value.status is Status.SUPPRESSED
    }
    named = {effect.group["department"] for effect in found.effects}
    assert not hidden & named
    assert (HIDDEN in named) == bool(hidden)
    assert sum((effect.total for effect in found.effects), Fraction(0)) == found.change


def test_nine_people_are_not_spoken_of_as_ten_because_averages_are_told_without_their_fractions(
    tmp_path: Path,
) -> None:
    hires = {
        "Sales": ["2020-01-01"] * 10 + ["2024-06-15", "2025-06-15"],
        "Marketing": ["2020-01-01"] * 6 + ["2024-03-15", "2025-03-15"],
        "Product": ["2020-01-01"] * 5,
        "Support": ["2020-01-01"] * 4,
    }
    people = [(f"{name}{i}", name, day) for name, days in hires.items() for i, day in enumerate(days)]
    employees = [
        "employee_id hired_on terminated_on termination_type",
        *(f"{key} {day} - -" for key, _, day in people),
    ]
    jobs = ["employee_id effective_from department_id", *(f"{key} {day} {name}" for key, name, day in people)]
    engine = tiny(tmp_path, {"employees": "\n".join(employees), "job_history": "\n".join(jobs)})
    years = [Calendar().year(year, fiscal=False) for year in (2024, 2025)]
    ask = Ask("employee_turnover_rate", years[1], ("department",))
    [whole], table = engine.compute([replace(ask, by=()), ask], AS_OF)
    shown = [value for value in table if value.status is Status.OK]
    assert {value.group["department"] for value in shown} == {"Sales", "Marketing"}
    assert (whole.n or 0) - sum(value.n or 0 for value in shown) == 10
    with pytest.raises(UnsplitError, match="too small to show"):
        since_before(engine, ask)


def place(engine: Engine, text: str) -> Place:
    return Place(engine, Question(text), AsOf(AS_OF, AS_OF, "As of then."))


@pytest.mark.parametrize(
    "text",
    [
        "why did win rate fall?",
        "Why has the win rate gone up?",
        "what drove the drop in win rate",
        "explain the decline of win rate",
        "Why is win rate down vs last quarter?",
    ],
)
def test_a_question_why_is_told_from_others(text: str) -> None:
    assert asks_why(Request("comparison", metrics=("win_rate",)), text)


@pytest.mark.parametrize(
    "text", ["why is win rate on the list?", "how did win rate change?", "win rate by month"]
)
def test_other_questions_are_not_taken_for_it(text: str) -> None:
    assert not asks_why(Request("value", metrics=("win_rate",)), text)


@pytest.mark.parametrize("kind", ["comparison", "explanation", "value"])
def test_why_did_win_rate_fall_has_a_computed_answer(demo_engine: Engine, kind: str) -> None:
    request = Request(kind, metrics=("win_rate",), period=THIRD)  # type: ignore[arg-type]  # parametrised
    draft = REPLIES[request.kind](request, place(demo_engine, "why did win rate fall?"))
    headline, apart, by, first, *_ = draft.body.splitlines()
    assert (apart, by) == ("", "By department:")
    assert re.fullmatch(
        r"Win rate fell from [\d.]+ % in 2025-Q2 to [\d.]+ % in 2025-Q3 \(-[\d.]+ pp\)\. "
        r"Most of the fall came from Sales EMEA\.",
        headline,
    )
    assert re.match(
        r"  Sales EMEA: -[\d.]+ pp \(rate -[\d.]+ pp, mix [-+]?[\d.]+ pp\); its own value went from", first
    )
    assert "not what caused it" in " ".join(draft.notes)
    assert len(draft.values) >= 6


def test_where_nothing_explains_it_both_values_stand_and_the_reason(demo_engine: Engine) -> None:
    request = Request("comparison", metrics=("lead_response_time",), period=FOURTH, dimension="segment")
    draft = REPLIES["comparison"](request, place(demo_engine, "why did lead response time rise by segment?"))
    assert "cannot be computed" in draft.body
    assert [value.period for value in draft.values] == [FOURTH, THIRD]


def test_where_a_value_is_missing_that_is_why_nothing_is_explained(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"opportunities": deals({"new@11": (1, 1), "renewal@11": (1, 1)})})
    request = Request("comparison", metrics=("win_rate",), period=FOURTH)
    draft = REPLIES["comparison"](request, place(engine, "why did win rate rise?"))
    assert "Win rate has no value in 2025-Q3" in draft.body


def test_a_split_for_which_a_table_is_missing_says_which(tmp_path: Path) -> None:
    engine = tiny(tmp_path, {"opportunities": deals({"new@08": (1, 1), "new@11": (2, 1)})})
    with pytest.raises(UnsplitError, match="Win rate is not measured by department: needs job_history"):
        since_before(engine, Ask("win_rate", FOURTH, ("department",)))


def test_what_looks_the_same_once_rounded_neither_rose_nor_fell(tmp_path: Path) -> None:
    many = deals(
        {"new@08": (1000, 1000), "renewal@08": (100, 100), "new@11": (1001, 1000), "renewal@11": (100, 100)}
    )
    request = Request("comparison", metrics=("win_rate",), period=FOURTH, dimension="opp_type")
    draft = REPLIES["comparison"](
        request, place(tiny(tmp_path, {"opportunities": many}), "why did win rate rise?")
    )
    assert draft.body.startswith("Win rate hardly changed (0.0 pp): 50.0 % in 2025-Q3, 50.0 % ")


def test_part_of_a_period_is_no_fall_against_all_of_the_one_before(demo_engine: Engine) -> None:
    day = date(2025, 11, 15)
    running = Place(demo_engine, Question("why did opex fall?"), AsOf(day, day, "As of then."))
    draft = REPLIES["comparison"](Request("comparison", metrics=("opex",), period=FOURTH), running)
    assert "2025-Q4 is not over" in draft.body
    assert "fell" not in draft.body
    rate = Request("comparison", metrics=("win_rate",), period=FOURTH)
    draft = REPLIES["comparison"](rate, Place(demo_engine, Question("why did win rate fall?"), running.when))
    assert "(partial period) in 2025-Q4" in draft.body


def test_a_change_is_explained_against_what_it_was_asked_against_and_says_of_whom(
    demo_engine: Engine,
) -> None:
    asked = Request(
        "comparison", metrics=("win_rate",), period=FOURTH, filters={"segment": "SMB"}, against="last-year"
    )
    draft = REPLIES["comparison"](
        asked, place(demo_engine, "why did win rate fall for SMB against last year?")
    )
    assert " in 2024-Q4 to " in draft.body
    assert "Only SMB (customer segment)." in draft.notes
    lead_time = replace(asked, metrics=("lead_response_time",), filters={})
    draft = REPLIES["comparison"](lead_time, place(demo_engine, "why did lead response time rise?"))
    assert "2024-Q4: " in draft.body


def found_with(change: int, **effects: int) -> Contributions:
    """A split whose groups did so much to a change, each a tenth of the whole."""
    felt = tuple(
        Effect({"segment": name.replace("_", " ")}, Fraction(total), Fraction(0), Fraction(1, 10))
        for name, total in effects.items()
    )
    nothing = scorecard_value("win_rate", "1")
    return Contributions("win_rate", ("segment",), "ratio", nothing, nothing, Fraction(change), felt, (), ())


def test_where_a_change_came_from_is_said_only_as_far_as_computed_effects_support_it() -> None:
    most = found_with(-10, EMEA=-6, Americas=-4)
    assert came_from(most) == "Most of the fall came from EMEA."
    half = found_with(10, EMEA=5, Americas=5)
    assert came_from(half) == "Most of the rise came from EMEA and Americas together."
    spread = found_with(-12, EMEA=-3, Americas=-3, APAC=-3, Nordics=-3)
    assert came_from(spread) == "No group alone accounts for most of the fall."
    against = found_with(-10, EMEA=-12, Americas=2)
    assert came_from(against).startswith("More than the whole fall came from EMEA; the others together moved")
    assert came_from(found_with(0, EMEA=1, Americas=-1)) == ""


def test_a_group_that_did_no_more_than_its_size_is_not_made_the_culprit() -> None:
    usual = found_with(-10, EMEA=-6, Americas=-4)
    large = replace(usual, effects=(replace(usual.effects[0], share=Fraction(7, 10)), usual.effects[1]))
    assert came_from(large).endswith("That is no more than its size would lead one to expect.")


def test_groups_too_small_to_show_are_never_named_as_the_origin() -> None:
    found = found_with(-10, EMEA=-1)
    hidden = Effect({"department": HIDDEN}, Fraction(-9), Fraction(0), Fraction(1, 10))
    assert came_from(replace(found, effects=(hidden, *found.effects))) == (
        "Most of the fall came from groups too small to show."
    )


def test_a_model_gives_no_cause_not_even_a_supported_one() -> None:
    for said in ("because", "led to", "drove"):
        sentence = f"Regretted turnover rate {said} win rate at [win_rate.value]."
        assert "gives a cause" in fill(sentence, CARD, CATALOG).refused[0].reason


def test_a_group_with_nothing_to_divide_by_has_its_part_in_the_change(tmp_path: Path) -> None:
    gains = "account_id effective_on movement_type amount_base"
    rows = [
        "A 2025-08-01 expansion 10", "A 2025-08-01 churn -5", "B 2025-08-01 expansion 20",  # B loses nothing
        "A 2025-11-01 expansion 10", "A 2025-11-01 churn -4", "B 2025-11-01 expansion 2", "B 2025-11-01 churn -2",
    ]  # fmt: skip
    tables = {"mrr_movements": "\n".join([gains, *rows]), "accounts": "account_id segment\nA big\nB small"}
    engine = tiny(tmp_path, tables)
    found = since_before(engine, Ask("quick_ratio", FOURTH, by=("segment",)))
    effects = {effect.group["segment"]: effect.total for effect in found.effects}
    assert set(effects) == {"big", "small"}
    assert sum(effects.values(), Fraction(0)) == found.change == Fraction(12, 6) - Fraction(30, 5)


def test_rep_productivity_is_explained_although_some_sell_without_a_quota(demo_engine: Engine) -> None:
    ask = Ask("rep_productivity", FOURTH, by=("department",))
    found = since_before(demo_engine, ask)
    assert "Customer Success" in {effect.group["department"] for effect in found.effects}
    total = sum((effect.total for effect in found.effects), Fraction(0))
    assert total == found.change
    assert found.now.value is not None
    assert found.before.value is not None
    assert abs(total - Fraction(found.now.value) + Fraction(found.before.value)) < Fraction(1, 10**9)
