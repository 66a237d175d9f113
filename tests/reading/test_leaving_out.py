"""A group that is left out is left out: read, computed from the rows of the others, on the receipt; never of people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.answer import Bot, answer
from bot.contract import answer_json
from bot.memory.records import request_of, request_record
from bot.model import Answer, Question, Request
from bot.reading import read
from bot.recorded import recorded
from bot.terminal import as_text
from metrics.calendar.periods import Calendar
from metrics.engine import Ask, Engine
from metrics.engine.asking.kept import ANY
from metrics.errors import UserError
from metrics.privacy import of_metric
from metrics.values import Status
from metrics.verify import verify
from tests.reading.labelled import AS_OF, CALENDAR, GROUPS, catalog

EMEA, SMB = {"department": ("Sales EMEA",)}, {"segment": ("SMB",)}
WAYS = {
    "win rate without EMEA": EMEA,
    "win rate ex EMEA": EMEA,
    "win rate, exclude EMEA": EMEA,
    "non-EMEA win rate": EMEA,
    "win rate with EMEA left out": EMEA,
    "leave EMEA out of the win rate": EMEA,
    "win rate of everything but EMEA by month": EMEA,
    "win rate excluding Sales EMEA and Sales APAC": {"department": ("Sales EMEA", "Sales APAC")},
    "customer churn rate excluding SMB last quarter": SMB,
    "churn excluding SMB": SMB,
    "pipeline for everyone but SMB": SMB,
    "win rate not including renewals": {"opp_type": ("renewal",)},
    "top 3 channels by ARR without partner": {"channel": ("partner",)},
}


def asked(text: str, last: Request | None = None) -> Request:
    return read(text, catalog=catalog(), calendar=CALENDAR, as_of=AS_OF, last=last, groups=lambda: GROUPS)


@pytest.mark.parametrize(("text", "besides"), WAYS.items())
def test_a_group_that_is_left_out_is_read_so_and_filters_nothing(text: str, besides: object) -> None:
    found = asked(text)
    assert found.besides == besides
    assert found.filters == {}
    assert not any("leave" in said or "narrowed" in said for said in found.assumed)


@pytest.mark.parametrize(
    "text", ["win rate EMEA", "win rate without discounting", "ten metrics a CEO can't live without"]
)
def test_other_words_leave_no_group_out(text: str) -> None:
    assert asked(text).besides == {}


def test_groups_of_two_dimensions_are_both_left_out() -> None:
    found = asked("win rate excluding SMB and EMEA")
    assert found.besides == SMB | EMEA
    assert found.filters == {}


def test_of_a_dimension_that_it_is_narrowed_to_anyway_nothing_is_left_out() -> None:
    found = asked("win rate for SMB excluding Enterprise and EMEA")
    assert (found.filters, found.besides) == ({"segment": "SMB"}, EMEA)


def test_a_question_that_goes_on_keeps_what_is_left_out_until_one_of_them_is_asked_for() -> None:
    first = asked("win rate last quarter for SMB")
    left = asked("without EMEA", first)
    assert (left.besides, left.filters, left.period) == (EMEA, {"segment": "SMB"}, first.period)
    assert asked("and by month?", left).besides == EMEA
    both = asked("without renewals", left)
    assert both.besides == EMEA | {"opp_type": ("renewal",)}
    only = asked("only EMEA", left)
    assert (only.besides, only.filters["department"]) == ({}, "Sales EMEA")
    assert asked("without EMEA", only).filters == {"segment": "SMB"}


def test_it_is_remembered() -> None:
    request = asked("win rate excluding Sales EMEA and Sales APAC")
    assert request_of(request_record(request)) == request


async def ask(bot: Bot, text: str, thread: str = "") -> Answer:
    return await answer(Question(text, thread=thread, use_model=False), bot)


@pytest.mark.parametrize(
    ("metric", "dimension", "group"),
    [
        ("win_rate", "department", "Sales EMEA"),
        ("customer_churn_rate", "segment", "SMB"),
        ("arr", "channel", "partner"),
    ],
)
async def test_the_others_and_the_one_left_out_are_the_whole(
    demo_bot: Bot, demo_engine: Engine, metric: str, dimension: str, group: str
) -> None:
    name = demo_engine.catalog.metrics[metric].name
    when = "in 2025-Q4"
    texts = (f"{name} {when}", f"{name} for {group} {when}", f"{name} without {group} {when}")
    whole, one, others = [(await ask(demo_bot, text)).values[0] for text in texts]
    assert others.citation.filters == {dimension: f"all but {group}"}
    for part in ("numerator", "denominator"):
        parts = [getattr(value.citation, part) for value in (whole, one, others)]
        if parts[0] is not None:
            assert parts[0] == parts[1] + parts[2] != 0


async def test_the_answer_says_what_it_leaves_out(demo_bot: Bot, demo_engine: Engine) -> None:
    found = await ask(demo_bot, "win rate without EMEA")
    assert "All but Sales EMEA (department)." in found.notes
    assert "department: all but Sales EMEA" in as_text(found)
    contract = answer_json(found, demo_engine.catalog, "")
    assert contract["request"]["besides"] == {"department": ["Sales EMEA"]}


async def test_a_split_leaves_the_group_out_of_what_is_shown_and_of_the_rest(demo_bot: Bot) -> None:
    split = await ask(demo_bot, "ARR by segment without SMB in 2025-Q4")
    assert {value.group["segment"] for value in split.values} == {"Enterprise", "Mid-Market"}
    few = await ask(demo_bot, "top 2 channels by ARR without partner in 2025-Q4")
    every = await ask(demo_bot, "ARR by channel in 2025-Q4")
    partner = next(value for value in every.values if value.group["channel"] == "partner")
    totals = [sum(value.value or 0 for value in one.values) for one in (few, every)]
    assert "partner" not in {value.group["channel"] for value in few.values}
    assert totals[0] == totals[1] - (partner.value or 0)


async def test_of_people_it_is_refused_in_a_sentence_and_the_whole_is_given(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "employee turnover rate without Support")
    [value] = found.values
    assert value.citation.filters == {}
    [said] = [note for note in found.notes if "Support" in note]
    assert said.startswith(
        "Employee turnover rate cannot be had for all but Support: it rests on records of people"
    )
    split = await ask(demo_bot, "employee turnover rate by department without Support")
    assert "Support" not in {one.group.get("department") for one in split.values}
    assert any(one.status is Status.OK for one in split.values)


async def test_open_values_by_what_tells_of_people_leave_no_group_out(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "win rate by level without EMEA")
    assert any("cannot be had for all but Sales EMEA" in note for note in found.notes)


def test_the_engine_refuses_it_whoever_asks(demo_engine: Engine) -> None:
    quarter = Calendar().quarter(2025, 3, fiscal=False)
    ask = Ask("employee_turnover_rate", quarter, beside=("department",), besides=(("Support",),))
    with pytest.raises(UserError, match="not given for all the others as one"):
        demo_engine.compute([ask], date(2025, 12, 31))


async def test_why_a_value_moved_is_told_without_the_group(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "why did win rate fall in 2025-Q4 without EMEA?")
    assert "All but Sales EMEA (department)." in found.notes
    assert found.values[0].citation.filters == {"department": "all but Sales EMEA"}


async def test_a_choice_to_press_keeps_what_is_left_out(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "churn excluding SMB")
    assert "Customer churn rate without SMB" in found.suggestions
    chosen = await ask(demo_bot, "Customer churn rate without SMB")
    assert chosen.request.besides == SMB


def in_sql(engine: Engine, where: str) -> tuple[Decimal, Decimal]:
    """Deals won, and all that were decided, in the last quarter of 2025, counted by hand."""
    with engine.warehouse.engine.connect() as connection:
        found = connection.exec_driver_sql(f"""
            SELECT count(*) FILTER (outcome = 'won'), count(*)
            FROM opportunities AS o JOIN accounts AS a USING (account_id)
            WHERE NOT a.is_internal AND outcome IN ('won', 'lost')
              AND closed_on >= DATE '2025-10-01' AND closed_on < DATE '2026-01-01' AND ({where})
        """).fetchone()
    assert found is not None
    return Decimal(found[0]), Decimal(found[1])


def test_two_dimensions_leave_out_the_rows_of_either(demo_engine: Engine) -> None:
    quarter = Calendar().quarter(2025, 4, fiscal=False)
    ask = Ask("win_rate", quarter).without(("segment",), [("SMB",)]).without(("opp_type",), [("renewal",)])
    [[value]] = demo_engine.compute([ask], date(2025, 12, 31))
    counted = in_sql(demo_engine, "a.segment <> 'SMB' AND o.opp_type <> 'renewal'")
    assert (value.citation.numerator, value.citation.denominator) == counted
    assert value.citation.filters == {"segment": "all but SMB", "opp_type": "all but renewal"}
    assert value.citation.scope.besides == (("SMB", ANY), (ANY, "renewal"))


async def test_the_rest_of_the_largest_groups_leaves_groups_of_other_dimensions_out_too(
    demo_bot: Bot,
) -> None:
    few = await ask(demo_bot, "top 2 channels by ARR without SMB in 2025-Q4")
    whole = await ask(demo_bot, "ARR without SMB in 2025-Q4")
    assert [value.group["channel"] for value in few.values][2:] == ["other"]
    assert sum(value.value or 0 for value in few.values) == whole.values[0].value


async def test_what_is_left_out_of_two_dimensions_is_told_and_proved(
    demo_bot: Bot, demo_engine: Engine
) -> None:
    found = await ask(demo_bot, "win rate in 2025-Q4 excluding SMB and renewals")
    assert {"All but SMB (customer segment).", "All but renewal (kind of deal)."} <= set(found.notes)
    contract = answer_json(found, demo_engine.catalog, "")
    old = recorded(contract, CALENDAR)
    assert {one.verdict for one in verify(demo_engine, old)} == {"same"}


# Lists


async def test_a_list_leaves_a_group_out_metric_by_metric(demo_bot: Bot, demo_engine: Engine) -> None:
    found = await ask(demo_bot, "top 15 metrics for a CRO without EMEA")
    assert found.request.besides == EMEA
    assert found.title.startswith("Top 15 metrics for the Chief Revenue Officer without Sales EMEA: ")
    card = found.scorecard
    assert card is not None
    assert len(card.rows) == 15
    without = [row for row in card.rows if row.value.citation.scope.besides]
    assert without
    for row in without:
        assert row.target is None
        [[again]] = demo_engine.compute(
            [
                Ask(row.metric.id, row.value.period, usual_window=False).without(
                    ("department",), [("Sales EMEA",)]
                )
            ],
            card.as_of,
        )
        assert row.value.value == again.value
    for row in card.rows:
        assert ("whole_company" in row.value.flags) == (row not in without)
    [said] = [note for note in found.notes if "leave out Sales EMEA (department)" in note]
    assert said.startswith(f"{len(without)} of 15 ")
    assert not [rule for rule in card.rules if rule.severity == "block" and not rule.passed]


async def test_of_people_a_list_leaves_nobody_out(demo_bot: Bot) -> None:
    found = await ask(demo_bot, "top 10 metrics for a CHRO without Support")
    assert found.scorecard is not None
    for row in found.scorecard.rows:
        if of_metric(catalog(), row.metric.id) != "open":
            assert not row.value.citation.scope.besides


async def test_a_list_goes_on_without_a_group(demo_bot: Bot) -> None:
    await ask(demo_bot, "top 5 metrics for a CRO", thread="t1")
    found = await ask(demo_bot, "and without SMB?", thread="t1")
    assert (found.kind, found.request.besides) == ("recommendation", SMB)
    assert found.scorecard is not None
    assert len(found.scorecard.rows) == 5
    again = await ask(demo_bot, "only 3 of those", thread="t1")
    assert again.request.besides == SMB
