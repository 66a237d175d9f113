"""Advice: a question about metrics -> the rules and values that answer it.

model      the nouns: an Inquiry comes in, an Advice goes out
brief      the role, its order, its limits and gates: what every answer starts from
judged     what the rules say of one metric: bars, guards, cares
steer      what is wanted -> the shortest list with it that keeps every rule of balance
primary    a metric to steer by, or to judge or pay people by
promised   more or less of a metric was promised
instead    what to take in the place of a metric that the rules hold against
measured   programmes, pilots, prices, automations, products
lists      two tiers, the one metric of a stage, two roles side by side
changed    what another stage or business model would change
links      what drives what, what guards what, what has to be recorded
kpi        a target, a day, a guard and levers
target     the target itself: the company's own, or one proposed from the past
places     why a metric is on a list, or is not
finish     the values behind an advice, and how the rules fared on it

No question is answered from a table of answers: what is said follows from the rules, the kinds and the attributes
of metrics, so that it holds for any metric and any role of the catalog, a company's own included.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from metrics.advice import changed, kpi, links, lists, measured, primary, promised
from metrics.advice.brief import Brief
from metrics.advice.finish import settled
from metrics.advice.model import Advice, Inquiry, Kpi, Listing, Reason, Topic, Use, Verdict
from metrics.engine import Engine
from metrics.errors import UserError
from metrics.lists.taught import UNTAUGHT, Taught

__all__ = [
    "Advice",
    "Brief",
    "Inquiry",
    "Kpi",
    "Listing",
    "Reason",
    "Topic",
    "Use",
    "Verdict",
    "advise",
    "settled",
]

TOPICS: Mapping[Topic, Callable[[Brief], Advice]] = {
    "primary": primary.primary,
    "reward": primary.reward,
    "promise": promised.promise,
    "programme": measured.programme,
    "measure": measured.measure,
    "tiers": lists.tiers,
    "single": lists.single,
    "shared": lists.shared,
    "change": changed.change,
    "drives": links.drives,
    "guards": links.guarding,
    "record": links.record,
    "kpi": kpi.kpi,
}
NAMES_A_METRIC = frozenset({"drives", "guards", "record", "kpi"})
"""Topics about a metric that has to be known."""


def advise(
    engine: Engine,
    inquiry: Inquiry,
    as_of: date,
    *,
    today: date | None = None,
    taught: Taught = UNTAUGHT,
) -> Advice:
    """Answer a question about metrics, for a company, as of a day; ``taught`` holds for whoever asks.

    Raises:
        UserError: it is about a metric, and none was named.
        UnknownNameError: a metric or role that the catalog does not know.
        CompanyError: the warehouse refuses a query.
    """
    if inquiry.topic in NAMES_A_METRIC and not inquiry.metrics:
        raise UserError("Name a metric that I know, for example: what guards win rate?")
    return TOPICS[inquiry.topic](Brief(engine, inquiry, as_of, today, taught))
