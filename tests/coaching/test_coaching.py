"""What is taught is shown, confirmed and stored; what cannot hold is refused; nothing is feigned."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update

from bot.answer import Bot
from bot.coaching import proposing
from bot.coaching.conflicts import collision
from bot.coaching.force import in_force
from bot.coaching.heard import Choice, Limited, Understood
from bot.coaching.rules import Alias, Exclude, FiscalYear, Include, Method, Share, record_of, rule_of
from bot.coaching.teacher import Teacher
from bot.coaching.understand import understand
from bot.memory.coached import Kept, Spot, keep, propose, rules
from bot.memory.schema import proposals
from metrics.errors import UserError
from metrics.folder.company_file import TargetSetting
from metrics.load import load_catalog
from tests.coach import ask, listed, restarted, teach

TEACHER = Teacher(load_catalog())
BRAIN_DRAIN = Alias(words="brain drain", metric="regretted_turnover_rate")
OF_START = Method(metric="employee_turnover_rate", variant="of_start")
CRO = "top 15 metrics for a chief revenue officer"


# Plain words


@pytest.mark.parametrize(
    ("words", "rule", "scope"),
    [
        ("always include ramp time for our CRO", Include(metrics=("ramp_time",), role="chief_revenue_officer"), None),
        ("never show me bounce rate", Exclude(metrics=("bounce_rate",)), "user"),
        ("stop showing NPS or CSAT in this channel", Exclude(metrics=("nps", "csat")), "channel"),
        ("Don't ever forget ramp time", Include(metrics=("ramp_time",)), None),
        ("at least 40 % people metrics in this channel", Share(side="people", percent=40), "channel"),
        ("half of every list must be people metrics", Share(side="people", percent=50), None),
        ("at most 60 percent business metrics for everyone", Share(side="people", percent=40), "workspace"),
        ("for us churn means logo churn", Alias(words="churn", metric="customer_churn_rate"), None),
        ("We call regretted turnover “Brain Drain”", BRAIN_DRAIN, None),
        ("we call regretted turnover brain drain", BRAIN_DRAIN, None),
        ("use headcount at period start for turnover", OF_START, None),
        ("for us win rate means won deals by value", Method(metric="win_rate", variant="by_value"), None),
        ("our fiscal year starts in February", FiscalYear(month=2), None),
        ("our financial year begins on the 1st of April", FiscalYear(month=4), None),
    ],
)  # fmt: skip
def test_plain_words_become_a_typed_rule(words: str, rule: object, scope: str | None) -> None:
    heard = understand(words, TEACHER)
    assert isinstance(heard, Understood)
    assert (heard.rule, heard.scope) == (rule, scope)


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("drop all people metrics", "floor"),
        ("never show business metrics", "floor"),
        ("at least 60 % people metrics", "share"),
        ("always include people metrics", "always_side"),
        ("you forgot people metrics", "forgot"),
        ("from now on gross margin is a people metric", "side"),
        ("ignore rule R01 from now on", "block"),
        ("always list salaries by name", "guarded"),
        ("our week starts on Sunday", "week"),
        ("our fiscal year starts on 6 April", "fiscal_day"),
        ("our target for win rate is 30 %", "company"),
        ("for us win rate means gross margin", "word"),
        ("x means gross margin", "word"),
        (f"we call gross margin '{'very ' * 13}fat'", "word"),
    ],
)
def test_what_cannot_be_taught_has_its_own_reason(words: str, limit: str) -> None:
    heard = understand(words, TEACHER)
    assert isinstance(heard, Limited)
    assert heard.limit == limit


@pytest.mark.parametrize("words", ["always include churn", "use average headcount for turnover"])
def test_a_lesson_that_leaves_a_choice_offers_lessons_that_leave_none(words: str) -> None:
    heard = understand(words, TEACHER)
    assert isinstance(heard, Choice)
    for lesson in heard.lessons:
        assert isinstance(understand(lesson, TEACHER), Understood), lesson


@pytest.mark.parametrize(
    "words", ["remember my birthday", "remember that we lost the deal", "coach", "always"]
)
def test_what_is_no_lesson_is_not_understood(words: str) -> None:
    assert understand(words, TEACHER) is None


def test_every_kind_of_rule_survives_its_record() -> None:
    for rule in (
        Include(metrics=("nps", "csat"), role="cfo"),
        Exclude(metrics=("nps",)),
        Share(side="business", percent=20),
        Method(metric="win_rate", variant="cohort"),
        Alias(words="brain drain", metric="nps"),
        FiscalYear(month=12),
    ):
        assert rule_of(record_of(rule)) == rule


# The conversation


async def test_a_rule_is_shown_with_its_scope_and_preview_before_it_is_stored(demo_bot: Bot) -> None:
    proposed = await ask(demo_bot, "always include csat for our chief revenue officer")
    assert "Customer satisfaction score is always included, within the first ten" in proposed.body
    assert "this channel, whoever asks" in proposed.body
    assert "Comes in: Customer satisfaction score (place 1)" in proposed.body
    assert "Without it" not in proposed.body
    assert "Nothing is stored until you say yes" in proposed.body
    assert rules(demo_bot.memory) == []
    assert [label for label, _ in proposed.actions] == ["Yes", "No"]


async def test_a_yes_stores_who_when_for_whom_and_in_whose_words(demo_bot: Bot) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    rule_id = await teach(demo_bot, "Always include CSAT for our chief revenue officer!")
    [kept] = rules(demo_bot.memory)
    assert (kept.id, kept.scope, kept.of, kept.by) == (rule_id, "channel", "C1", "ann")
    assert kept.quoted == "Always include CSAT for our chief revenue officer!"
    assert before < kept.at <= datetime.now(UTC)
    found = await ask(demo_bot, "coach list", user="ben")
    assert "By ann on" in found.body
    assert "“Always include CSAT for our chief revenue officer!”" in found.body


async def test_a_no_stores_nothing(demo_bot: Bot) -> None:
    await ask(demo_bot, "always include csat")
    assert (await ask(demo_bot, "no")).title == "Not stored"
    assert (await ask(demo_bot, "yes")).kind != "coaching"
    assert rules(demo_bot.memory) == []


async def test_a_proposal_belongs_to_one_person_in_one_thread(demo_bot: Bot) -> None:
    await ask(demo_bot, "always include csat")
    for elsewhere in ({"user": "ben"}, {"thread": "t2"}, {"channel": "C2"}):
        found = await ask(demo_bot, "yes", **elsewhere)
        assert found.kind != "coaching"
    assert rules(demo_bot.memory) == []
    assert (await ask(restarted(demo_bot), "yes")).title == "Stored as C1"


async def test_a_button_that_is_pressed_twice_or_late_does_nothing_more(demo_bot: Bot) -> None:
    first = dict((await ask(demo_bot, "always include csat")).actions)["Yes"]
    second = dict((await ask(demo_bot, "never show nps")).actions)["Yes"]
    assert (await ask(demo_bot, first)).title == "Nothing is open here"
    assert (await ask(demo_bot, second)).title == "Stored as C1"
    assert (await ask(demo_bot, second)).title == "Nothing is open here"
    assert [rule_of(kept.rule) for kept in rules(demo_bot.memory)] == [Exclude(metrics=("nps",))]


async def test_a_yes_of_next_week_answers_nothing(demo_bot: Bot) -> None:
    await ask(demo_bot, "always include csat")
    with demo_bot.memory.engine.begin() as connection:
        connection.execute(update(proposals).values(at=datetime.now(UTC) - timedelta(days=7)))
    assert (await ask(demo_bot, "yes")).kind != "coaching"
    assert rules(demo_bot.memory) == []


async def test_the_scope_can_be_changed_before_the_yes(demo_bot: Bot) -> None:
    await ask(demo_bot, "always include csat")
    assert "you, wherever you ask" in (await ask(demo_bot, "for me please")).body
    await ask(demo_bot, "yes")
    [kept] = rules(demo_bot.memory)
    assert (kept.scope, kept.of) == ("user", "ann")


async def test_the_workspace_needs_an_admin(demo_bot: Bot) -> None:
    bot = replace(demo_bot, admins=frozenset({"ada"}))
    refused = await ask(bot, "always include csat for everyone")
    assert refused.title == "That needs an admin, nothing stored"
    assert refused.actions == ()
    assert (
        await ask(bot, "our fiscal year starts in February")
    ).title == "That needs an admin, nothing stored"
    assert (await ask(bot, "yes")).kind != "coaching"
    await ask(bot, "never show nps")
    assert (await ask(bot, "for the workspace")).title == "That needs an admin, nothing stored"
    assert rules(bot.memory) == []
    await teach(bot, "our fiscal year starts in February", user="ada")
    assert [kept.scope for kept in rules(bot.memory)] == ["workspace"]


async def test_without_named_admins_only_the_terminal_teaches_the_workspace(demo_bot: Bot) -> None:
    assert (await ask(demo_bot, "csat means nps score for everyone")).actions == ()
    await teach(demo_bot, "never show nps for the workspace", channel="terminal")
    assert [kept.scope for kept in rules(demo_bot.memory)] == ["workspace"]


async def test_definitions_hold_for_the_workspace_whatever_was_said(demo_bot: Bot) -> None:
    found = await ask(
        demo_bot, "we call regretted turnover 'brain drain' in this channel", channel="terminal"
    )
    assert "the whole workspace" in found.body
    assert any("nobody sees two truths" in note for note in found.notes)
    assert "the whole workspace" in (await ask(demo_bot, "for me", channel="terminal")).body


# Contradictions and collisions


async def test_a_contradiction_is_shown_with_both_rules_and_settled_by_a_choice(demo_bot: Bot) -> None:
    old = await teach(demo_bot, "always include csat")
    shown = await ask(demo_bot, "never show csat")
    assert (
        f"It contradicts {old} (for this channel, whoever asks): Customer satisfaction score is always"
        in shown.body
    )
    assert f"replace {old}" in shown.body
    assert "Yes" not in dict(shown.actions)
    again = await ask(demo_bot, "yes")
    assert "Both cannot hold: choose one." in again.notes
    assert [kept.id for kept in rules(demo_bot.memory)] == [old]
    stored = await ask(demo_bot, f"replace {old}")
    assert stored.title == "Stored as C2"
    assert f"{old} is retired" in stored.body
    assert [kept.id for kept in rules(demo_bot.memory)] == ["C2"]
    assert all(rule.passed for rule in stored.rules)


@pytest.mark.parametrize(
    ("lesson", "others", "said"),
    [
        ("never show csat", ["always include csat"], "It contradicts C1"),
        (
            "always include runway, opex and dso",
            ["always include MRR, ARR and win rate", "always include gross margin and cac payback"],
            "It collides with C",
        ),
    ],
)
async def test_what_others_teach_while_a_yes_is_judged_is_judged_too(
    demo_bot: Bot, monkeypatch: pytest.MonkeyPatch, lesson: str, others: list[str], said: str
) -> None:
    proposed = await ask(demo_bot, lesson)
    assert proposed.title == "Shall I store this?"
    judge, late = collision, [*others]

    def meanwhile(*given: Any, **more: Any) -> Any:
        found = judge(*given, **more)
        while late:
            rule = understand(late.pop(0), TEACHER)
            assert isinstance(rule, Understood)
            spot = Spot("ben", "C1", "another")
            waiting = propose(demo_bot.memory, spot, record_of(rule.rule), "channel", "ben's")
            active = [one.id for one in rules(demo_bot.memory)]
            assert isinstance(keep(demo_bot.memory, waiting, spot, "any", judged=active), Kept)
        return found

    monkeypatch.setattr(proposing, "collision", meanwhile)
    found = await ask(demo_bot, "yes")
    assert said in found.body
    assert len(rules(demo_bot.memory)) == len(others)


async def test_a_contradiction_with_a_rule_of_the_workspace_is_not_for_anyone_to_settle(
    demo_bot: Bot,
) -> None:
    bot = replace(demo_bot, admins=frozenset({"ada"}))
    await teach(bot, "always include csat for everyone", user="ada")
    shown = await ask(bot, "never show csat")
    assert [label for label, _ in shown.actions] == ["No"]
    assert (await ask(bot, "replace C1")).title == "Not yours to retire, nothing stored"
    assert [kept.id for kept in rules(bot.memory)] == ["C1"]


async def test_rules_that_cannot_all_hold_are_refused_and_named(demo_bot: Bot) -> None:
    for lesson in (
        "always include MRR, ARR and win rate",
        "always include gross margin and cac payback",
    ):
        await teach(demo_bot, lesson)
    refused = await ask(demo_bot, "always include runway, opex and dso")
    assert refused.title == "That cannot hold, nothing stored"
    assert "It collides with C" in refused.body
    assert (await ask(demo_bot, "yes")).kind != "coaching"
    assert len(rules(demo_bot.memory)) == 2


async def test_a_rule_that_a_block_rule_forbids_is_refused_with_that_rule(demo_bot: Bot) -> None:
    refused = await ask(demo_bot, "always include bounce rate")
    assert refused.title == "That cannot hold, nothing stored"
    assert "may not be ranked (R20)" in refused.body


async def test_floors_that_do_not_fit_are_refused(demo_bot: Bot) -> None:
    await teach(demo_bot, "at least 50 % people metrics")
    refused = await ask(demo_bot, "at least 45 % business metrics")
    assert refused.title == "That cannot hold, nothing stored"
    assert "C1" in refused.body


async def test_another_persons_rule_is_named_without_what_it_says(demo_bot: Bot) -> None:
    bot = replace(demo_bot, admins=frozenset({"ada"}))
    await teach(bot, "always include csat for me", user="ben")
    shown = await ask(bot, "never show csat for everyone", user="ada")
    assert "It contradicts C1, a rule that somebody else has for themselves." in shown.body


async def test_a_rule_that_holds_already_is_not_stored_twice(demo_bot: Bot) -> None:
    await teach(demo_bot, "always include csat")
    assert (await ask(demo_bot, "always include csat", user="ben")).title == "That is C1 already"


# In force


async def test_older_rules_keep_passing_when_a_new_one_comes(demo_bot: Bot) -> None:
    for lesson in ("always include csat", "never show pipeline coverage", "at least 40 % people metrics"):
        await teach(demo_bot, lesson)
    found = await ask(demo_bot, CRO)
    ids, held = listed(found), {rule.rule: rule.passed for rule in found.rules}
    assert "csat" in ids[:10]
    assert "pipeline_coverage" not in ids
    assert sum(found.scorecard.rows[i].metric.side == "people" for i in range(15)) >= 6  # type: ignore[union-attr]
    assert {name: held[name] for name in ("C1", "C2", "C3", "R01", "R05", "R06", "R08")} == dict.fromkeys(
        ("C1", "C2", "C3", "R01", "R05", "R06", "R08"), True
    )
    assert not [rule for rule in found.rules if rule.severity == "block" and not rule.passed]


async def test_an_answer_names_the_rules_that_had_a_part(demo_bot: Bot) -> None:
    await teach(demo_bot, "always include csat")
    await teach(demo_bot, "never show pipeline coverage")
    found = await ask(demo_bot, CRO)
    assert found.scorecard is not None
    [row] = [row for row in found.scorecard.rows if row.metric.id == "csat"]
    assert "C1" in row.rules
    assert any("(C1)" in note for note in found.notes)
    why = await ask(demo_bot, "why is csat on the list?")
    assert "C1" in why.body
    why_not = await ask(demo_bot, "why not pipeline coverage?")
    assert "coached rule C2" in why_not.body


async def test_a_retired_rule_no_longer_holds_and_stays_in_the_history(demo_bot: Bot) -> None:
    before = listed(await ask(demo_bot, CRO, thread="a"))
    await teach(demo_bot, "always include csat")
    assert listed(await ask(demo_bot, CRO, thread="b")) != before
    retired = await ask(demo_bot, "coach retire C1", user="ben")
    assert retired.title == "Retired C1"
    assert all(rule.passed for rule in retired.rules)
    assert listed(await ask(demo_bot, CRO, thread="c")) == before
    assert (await ask(demo_bot, "coach list")).title == "Nothing coached yet"
    assert "Retired by ben on" in (await ask(demo_bot, "coach history")).body


async def test_what_is_not_yours_cannot_be_retired(demo_bot: Bot) -> None:
    bot = replace(demo_bot, admins=frozenset({"ada"}))
    await teach(bot, "always include csat for everyone", user="ada")
    await teach(bot, "never show nps for me", user="ben")
    with pytest.raises(UserError, match="only an admin may retire it"):
        await ask(bot, "coach retire C1")
    with pytest.raises(UserError, match="No coached rule C2"):
        await ask(bot, "coach retire C2")
    with pytest.raises(UserError, match="No coached rule C9"):
        await ask(bot, "coach retire C9")


async def test_a_method_that_was_taught_computes_every_answer(demo_bot: Bot) -> None:
    before = (await ask(demo_bot, "employee turnover rate in 2025-Q3")).values[0]
    await teach(demo_bot, "use headcount at period start for turnover", channel="terminal")
    found = await ask(demo_bot, "employee turnover rate in 2025-Q3", user="ben", thread="n")
    assert (before.citation.method, found.values[0].citation.method) == ("average_of_month_ends", "of_start")
    assert before.value != found.values[0].value
    assert {rule.rule: rule.passed for rule in found.rules}["C1"]
    assert any("(C1)" in note for note in found.notes)


async def test_a_word_of_ones_own_is_understood_by_everyone(demo_bot: Bot) -> None:
    assert (await ask(demo_bot, "churn last quarter")).kind == "clarification"
    await teach(demo_bot, "for us churn means logo churn", channel="terminal")
    found = await ask(demo_bot, "churn last quarter", user="ben", thread="n")
    assert found.request.metrics == ("customer_churn_rate",)
    assert {rule.rule: rule.passed for rule in found.rules}["C1"]


async def test_the_calendar_that_was_taught_counts_fiscal_periods(demo_bot: Bot) -> None:
    await teach(demo_bot, "our fiscal year starts in February", channel="terminal")
    found = await ask(demo_bot, "win rate in FY2025", thread="n")
    assert str(found.request.period.start) == "2024-02-01"  # type: ignore[union-attr]
    assert any("(C1)" in note for note in found.notes)


def test_what_a_catalog_or_a_version_does_not_know_rests(demo_bot: Bot) -> None:
    spot, engine = Spot("ann", "C1", ""), demo_bot.open(None)
    for record in (
        {"kind": "include", "metrics": ["of_another_company"]},
        {"kind": "of_another_version"},
        {"kind": "method", "metric": "win_rate", "variant": "gone"},
    ):
        waiting = propose(demo_bot.memory, spot, record, "workspace", "words")
        keep(
            demo_bot.memory,
            waiting,
            spot,
            engine.company.file.name,
            judged=[one.id for one in rules(demo_bot.memory)],
        )
    found = in_force(demo_bot.memory, "ann", "C1")
    assert found.taught(engine.catalog).rules == ()
    assert found.engine(engine) is engine


async def test_definitions_are_those_of_the_company_they_were_taught_about(demo_bot: Bot) -> None:
    await teach(demo_bot, "our fiscal year starts in February", channel="terminal")
    engine = demo_bot.open(None)
    other = engine.company.file.model_copy(update={"name": "Another"})
    another = engine.taught(engine.catalog, engine.company.model_copy(update={"file": other}))
    assert in_force(demo_bot.memory, "ann", "C1").engine(another) is another
    assert in_force(demo_bot.memory, "ann", "C1").engine(engine).company.calendar.fiscal_year_start == 2


# Honest


async def test_drop_all_people_metrics_gets_the_floor_its_reason_and_what_can_be_changed(
    demo_bot: Bot,
) -> None:
    before = listed(await ask(demo_bot, CRO))
    found = await ask(demo_bot, "drop all people metrics")
    assert "R01" in found.body
    assert demo_bot.open(None).catalog.rules["R01"].why.rstrip(".") in found.body
    assert "from 20 to 50 %, both together at most 90 %" in found.body
    assert listed(await ask(demo_bot, CRO, thread="n")) == before


def leaking(bot: Bot) -> Bot:
    """The bot of a company that misses its target of churn: activation leads the business side (R24)."""
    engine = bot.open(None)
    aimed = engine.company.file.targets | {"customer_churn_rate": TargetSetting(value=Decimal("0.1"))}
    file = engine.company.file.model_copy(update={"targets": aimed})
    leaks = engine.taught(engine.catalog, engine.company.model_copy(update={"file": file}))
    return replace(bot, open=lambda _folder: leaks)


async def test_what_a_lesson_is_shown_on_is_the_list_that_the_company_gets(demo_bot: Bot) -> None:
    bot = leaking(demo_bot)
    there = await ask(bot, CRO)
    assert listed(there) != listed(await ask(demo_bot, CRO))
    assert there.scorecard is not None
    lead = next(row for row in there.scorecard.rows if row.metric.id == "product_activation_rate")
    found = await ask(bot, "you forgot business metrics", thread="another")
    assert f"Product activation rate (place {lead.rank})" in found.body


async def test_you_forgot_people_metrics_is_answered_with_those_on_the_list(demo_bot: Bot) -> None:
    first = await ask(demo_bot, CRO)
    assert first.scorecard is not None
    found = await ask(demo_bot, "you forgot people metrics")
    assert "Rule R01" in found.body
    assert "At least 40 % people metrics" in found.suggestions
    for row in first.scorecard.rows:
        assert (f"{row.metric.name} (place {row.rank})" in found.body) == (row.metric.side == "people")


@pytest.mark.parametrize(
    "lesson",
    [
        "remember my birthday", "you forgot people metrics", "drop all people metrics", "always include churn",
        "always include csat", "never show bounce rate", "always include bounce rate", "coach list", "coach history",
        "ignore rule R01 from now on", "keep in mind: always include csat", "our week starts on Sunday", "coach",
    ],
)  # fmt: skip
async def test_nothing_is_called_learned_that_was_not_stored(demo_bot: Bot, lesson: str) -> None:
    found = await ask(demo_bot, lesson)
    assert found.kind == "coaching"
    assert {rule.rule: rule.passed for rule in found.rules}["R07"]
    assert rules(demo_bot.memory) == []


async def test_what_is_offered_can_be_taught(demo_bot: Bot) -> None:
    offered = await ask(demo_bot, "remember my birthday")
    assert offered.title == "Not understood, nothing stored"
    for lesson in offered.suggestions:
        assert isinstance(understand(lesson, TEACHER), Understood), lesson


async def test_only_ten_of_those_stays_within_what_was_shown_before_the_lesson(demo_bot: Bot) -> None:
    fifteen = listed(await ask(demo_bot, CRO))
    await teach(demo_bot, "always include csat")
    found = await ask(demo_bot, "only 10 of those")
    assert set(listed(found)) <= set(fifteen)
    assert any("was not among those shown" in note for note in found.notes)
    assert not [rule for rule in found.rules if rule.severity == "block" and not rule.passed]


async def test_a_choice_made_once_is_remembered_for_that_person_alone(demo_bot: Bot) -> None:
    chosen = await ask(demo_bot, "by CRO I mean conversion rate optimisation: top 5 metrics")
    assert demo_bot.memory.choices("ann"), chosen.request
    later = await ask(restarted(demo_bot), "top 5 metrics for a CRO", thread="another")
    assert later.request.role == "conversion_lead"
    other = await ask(demo_bot, "top 5 metrics for a CRO", user="ben", thread="third")
    assert other.request.role == "chief_revenue_officer"


async def test_choices_are_remembered_for_one_person(demo_bot: Bot) -> None:
    demo_bot.memory.choose("ann", "cro", "conversion_lead")
    demo_bot.memory.choose("ann", "cro", "chief_revenue_officer")
    demo_bot.memory.choose("ben", "cro", "conversion_lead")
    assert restarted(demo_bot).memory.choices("ann") == {"cro": "chief_revenue_officer"}
    assert demo_bot.memory.choices("cleo") == {}
