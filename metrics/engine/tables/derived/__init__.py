"""Tables computed from canonical ones, one function each: what a measure alone could not say.

A derivation takes the company's relations and gives a SELECT with the columns that
`catalog/tables/derived.yaml` declares. It raises MissingError where the company lacks something.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from metrics.engine.tables.derived import (
    experiments,
    money,
    peers,
    product,
    reps,
    spells,
    stages,
    standings,
    succession,
    surveys,
    web,
    weeks,
)
from metrics.engine.tables.relations import Relations

DERIVATIONS: Mapping[str, Callable[[Relations], sa.Select[Any]]] = {
    "rep_periods": reps.rep_periods,
    "rep_ramps": reps.rep_ramps,
    "ramped_reps": reps.ramped_reps,
    "forecast_outcomes": reps.forecast_outcomes,
    "user_lives": product.user_lives,
    "account_lives": product.account_lives,
    "employee_weeks": weeks.employee_weeks,
    "survey_answers": surveys.survey_answers,
    "survey_people": surveys.survey_people,
    "cash_balances": money.cash_balances,
    "cash_beginnings": money.cash_beginnings,
    "absence_spells": spells.absence_spells,
    "account_peers": peers.account_peers,
    "succession_states": succession.succession_states,
    "stage_visits": stages.stage_visits,
    "stage_standings": standings.stage_standings,
    "experiment_results": experiments.experiment_results,
    "page_exits": web.page_exits,
}
