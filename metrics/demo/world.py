"""The whole company, subject by subject, in the order in which one follows from another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from metrics.demo import (
    careers,
    costs,
    deals,
    employment,
    finance,
    growth,
    leads,
    ledger,
    marketing,
    operations,
    product,
    reps,
    revenue,
    selling,
    shipping,
    shop,
    support,
    surveys,
    web,
    worktime,
)
from metrics.demo.book import Book
from metrics.demo.clock import DAY, MONTHS, months_of
from metrics.demo.deals import Deal
from metrics.demo.staff import Staff
from metrics.demo.store import Frame, frame

Told = Callable[[str], None]
ORDER = ("order_id", "account_id", "ordered_at", "net_amount_base")


def company(tell: Told) -> dict[str, Frame]:
    """Every table of the demo company. ``tell`` hears the name of each subject as it begins."""
    tell("people")
    staff = careers.careers()
    frames = employment.tables(staff) | worktime.tables(staff) | growth.tables(staff)
    tell("sales")
    sellers = reps.reps(staff)
    months = reps.rep_months(sellers)
    of_pounds = finance.pounds()
    agreed = deals.deals(months, sellers)
    book = ledger.run(agreed, staff, of_pounds)
    sold = selling.settle(agreed, book)
    revenue.number_accounts(book)
    tell("marketing")
    touched = _marketing(sold, frames)
    _sales(months, sold, frames)
    tell("product")
    _product(book, frames)
    tell("web site")
    frames |= web.tables(book)
    tell("customers")
    _customers(staff, book, frames)
    tell("finance")
    orders = list(zip(*(frames["orders"][n].tolist() for n in ORDER), strict=True))
    bought = [(number, account, at // DAY, net) for number, account, at, net in orders if net]
    frames["revenue_credits"] = marketing.credits_of(sold, touched, bought)
    frames |= {"fx_rates": finance.rates(of_pounds), "calendar": finance.calendar()}
    _money(staff, sold, book, frames)
    return frames


def _marketing(sold: list[Deal], frames: dict[str, Frame]) -> marketing.Touched:
    of_campaigns = marketing.campaigns()
    found = leads.leads(sold, of_campaigns)
    brought = dict(zip(found["lead_id"].tolist(), found["campaign_id"].tolist(), strict=True))
    touched = marketing.touches(sold, brought)
    frames["campaigns"] = frame("campaigns", of_campaigns)
    frames["leads"] = found
    frames["touches"] = marketing.touch_table(touched)
    return touched


def _sales(months: list[reps.RepMonth], sold: list[Deal], frames: dict[str, Frame]) -> None:
    frames["opportunities"] = frame("opportunities", selling.opportunities(sold))
    frames["opportunity_stage_history"] = frame("opportunity_stage_history", selling.stages(sold))
    frames["quotas"] = frame("quotas", reps.quotas(months))
    frames["forecasts"] = frame("forecasts", selling.forecasts(months, sold))


def _product(book: Book, frames: dict[str, Frame]) -> None:
    frames["users"] = product.users(book)
    frames["product_events"] = product.events(book, frames["users"])
    frames["experiments"] = shipping.experiments()
    frames["deployments"] = shipping.deployments()


def _customers(staff: Staff, book: Book, frames: dict[str, Frame]) -> None:
    frames["accounts"] = revenue.accounts(book)
    frames["mrr_movements"] = revenue.movements(book)
    frames["tickets"] = support.tickets(book, staff)
    frames |= surveys.tables(staff, book, frames["users"], frames["tickets"])
    frames |= operations.tables(staff, book)


def _money(staff: Staff, sold: list[Deal], book: Book, frames: dict[str, Frame]) -> None:
    lines = revenue.recognised(book)
    bought = shop.earned(frames["orders"])
    frames["revenue_entries"] = revenue.entries(lines, bought)
    billed = revenue.invoices(book, lines)
    frames["invoices"] = frame("invoices", billed)
    listed = np.zeros(MONTHS, dtype=np.int64)
    np.add.at(
        listed,
        months_of(frames["revenue_entries"]["recognised_on"]),
        frames["revenue_entries"]["gross_list_amount"],
    )
    spent = marketing.ad_spend(marketing.campaigns())
    spending = costs.costs(staff, sold, listed, spent, frames)
    frames["cost_entries"] = frame("cost_entries", [(number, *row) for number, row in enumerate(spending, 1)])
    frames["cash_flows"] = finance.cash(billed, spending, frames["orders"])
