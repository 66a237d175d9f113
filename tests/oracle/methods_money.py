"""Revenue, cost and cash by other methods: the naive formulas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

from tests.oracle.book import (
    NOT_APPLICABLE,
    UNDEFINED,
    Book,
    NoNumber,
    Span,
    is_before,
    known_day,
    months_later,
    number,
    of_spent,
    ratio,
    same_day,
    something,
    sum_of,
    total,
)
from tests.oracle.company import Row
from tests.oracle.money import (
    NOT_EBITDA,
    OPEX,
    burned,
    cost,
    days_of_sales,
    growth,
    is_on_credit,
    of_earned,
    revenue,
    unpaid,
)
from tests.oracle.retention import moved, paid
from tests.oracle.web import net, orders

ABOVE_THE_LINE = ("cogs", *OPEX)


def operating_margin(book: Book, span: Span) -> Fraction:
    """Revenue less all cost above the line, of revenue."""
    earned = revenue(book, span)
    return of_earned(earned - cost(book, span, *ABOVE_THE_LINE), earned)


ebitda_margin_operating = operating_margin


def opex_with_cogs(book: Book, span: Span) -> Fraction:
    """All cost above the line."""
    rows = book.within("cost_entries", "incurred_on", span)
    return sum_of([row for row in rows if row["pnl_line"] in ABOVE_THE_LINE], "amount_base")


def rule_of_40_operating(book: Book, span: Span) -> Fraction:
    """Growth within a year and operating margin."""
    return growth(book, span, 12) + operating_margin(book, span)


def rule_of_40_cash(book: Book, span: Span) -> Fraction:
    """Growth within a year and free cash flow of revenue."""
    return growth(book, span, 12) + of_earned(-burned(book, span), revenue(book, span))


def mrr_at(book: Book, instant: date) -> Fraction:
    """MRR at an instant."""
    return sum(paid(book, instant).values(), Fraction(0))


def rule_of_40_arr(book: Book, span: Span) -> Fraction:
    """Growth against the end of the same span a year before, and free cash flow of the mean ARR of start and end."""
    start, end = mrr_at(book, span.start), mrr_at(book, book.until(span))
    before = mrr_at(book, span.earlier(12).end)
    mean = (start + end) / 2 * book.months(span)
    return ratio(end - before, before, 100) + ratio(-burned(book, span), mean, 100)


def runway_months_of_period(book: Book, span: Span) -> Fraction:
    """Cash at the end by what a month of the period burned."""
    balances = [
        row
        for row in book.rows("cash_flows")
        if is_before(row["flow_on"], book.until(span)) and row["balance_after_base"] is not None
    ]
    if not balances:
        raise NoNumber(UNDEFINED)
    burn = burned(book, span) / book.months(span)
    if burn <= 0:
        raise NoNumber("not_burning")
    return number(max(balances, key=lambda row: known_day(row["flow_on"]))["balance_after_base"]) / burn


def magic_number_net_new_arr(book: Book, span: Span) -> Fraction:
    """Net new ARR, without currency effects, by sales and marketing cost of the period before."""
    return of_spent(_net_new_arr(book, span), cost(book, span.earlier(span.months), "sales", "marketing"))


def magic_number_net_sales_efficiency(book: Book, span: Span) -> Fraction:
    """Net new ARR by sales and marketing cost of the same period."""
    return of_spent(_net_new_arr(book, span), cost(book, span, "sales", "marketing"))


def magic_number_gross_sales_efficiency(book: Book, span: Span) -> Fraction:
    """New and expansion ARR by sales and marketing cost of the same period."""
    gained = 12 * total(moved(book, span, "new", "expansion"), "amount_base")
    return of_spent(gained, cost(book, span, "sales", "marketing"))


def _net_new_arr(book: Book, span: Span) -> Fraction:
    rows = book.within("mrr_movements", "effective_on", span)
    return 12 * total([row for row in rows if row["movement_type"] != "fx"], "amount_base")


def dso_closing_balance(book: Book, span: Span) -> Fraction:
    """Unpaid credit invoices at the end by credit sales, in days."""
    return days_of_sales(book, span, [book.until(span)])


def dso_two_point(book: Book, span: Span) -> Fraction:
    """The mean of unpaid credit invoices at the start and at the end by credit sales, in days."""
    return days_of_sales(book, span, [span.start, book.until(span)])


def billable_utilisation_of_worked(book: Book, span: Span) -> Fraction:
    """Billable of worked hours."""
    rows = book.within("time_entries", "work_day", span)
    return ratio(total(rows, "billable_hours"), total(rows, "hours_worked"), 100)


def revenue_growth_rate_year_on_year(book: Book, span: Span) -> Fraction:
    """Against the same period of the year before."""
    return growth(book, span, 12)


def revenue_run_rate_annualised(book: Book, span: Span) -> Fraction:
    """Revenue a month, twelve times."""
    rows = book.within("revenue_entries", "recognised_on", span)
    return sum_of(rows, "amount_base") * 12 / book.months(span)


def margin(book: Book, span: Span, is_taken_off: Callable[[Row], bool]) -> Fraction:
    """Net revenue less such cost."""
    spent = [row for row in book.within("cost_entries", "incurred_on", span) if is_taken_off(row)]
    earned = book.within("revenue_entries", "recognised_on", span)
    something(earned + spent, "amount_base")
    return total(earned, "amount_base") - total(spent, "amount_base")


def contribution_margin_before_ads(book: Book, span: Span) -> Fraction:
    """Net revenue less cost of goods sold."""
    return margin(book, span, lambda row: row["pnl_line"] == "cogs")


def contribution_margin_all_variable_cost(book: Book, span: Span) -> Fraction:
    """Net revenue less all cost that grows with what is sold."""
    return margin(book, span, lambda row: row["is_variable"] is True)


def contribution_margin_ratio_before_ads(book: Book, span: Span) -> Fraction:
    """Of net revenue."""
    earned = revenue(book, span)
    return of_earned(contribution_margin_before_ads(book, span) if earned else earned, earned)


def contribution_margin_ratio_all_variable_cost(book: Book, span: Span) -> Fraction:
    """Of net revenue."""
    earned = revenue(book, span)
    return of_earned(contribution_margin_all_variable_cost(book, span) if earned else earned, earned)


def dso_countback(book: Book, span: Span) -> Fraction:
    """Days back from the end whose credit sales, month by month, come to what is unpaid."""
    end = book.until(span)
    left, days = unpaid(book, end), Fraction(0)
    if left < 0:
        raise NoNumber(NOT_APPLICABLE)
    for _ in range(24):
        start = (end - timedelta(days=1)).replace(day=1)
        rows = [row for row in book.within("invoices", "issued_on", Span(start, end)) if is_on_credit(row)]
        sold, long = total(rows, "amount_base"), (end - start).days
        if left <= sold:
            return days + (long * left / sold if sold else 0)
        days, left, end = days + long, left - sold, start
    raise NoNumber(NOT_APPLICABLE)


def dso_days_to_pay(book: Book, span: Span) -> Fraction:
    """Days from the invoice to its payment, by invoice that was paid."""
    rows = [
        row
        for row in book.within("invoices", "paid_on", span)
        if is_on_credit(row) and number(row["amount_base"]) > 0 and row["issued_on"] is not None
    ]
    return ratio(
        sum((known_day(row["paid_on"]) - known_day(row["issued_on"])).days for row in rows), len(rows)
    )


def steady(first: Fraction, last: Fraction, months: Fraction) -> Fraction:
    """The growth a month, in percent, that leads from the first to the last in so many months."""
    grown = ratio(last, first)
    if grown < 0:
        raise NoNumber(NOT_APPLICABLE)
    with localcontext(prec=50):
        power = (Decimal(grown.numerator) / grown.denominator) ** (
            Decimal(months.denominator) / months.numerator
        )
    return (Fraction(power) - 1) * 100


def revenue_growth_rate_cmgr(book: Book, span: Span) -> Fraction:
    """From the month before the span to the month that ends with it."""
    end = book.until(span)
    before, last = Span(months_later(span.start, -1), span.start), Span(same_day(end, -1), end)
    return steady(revenue(book, before), revenue(book, last), book.months(span))


def revenue_growth_rate_mrr(book: Book, span: Span) -> Fraction:
    """Of MRR within the span."""
    start, end = mrr_at(book, span.start), mrr_at(book, book.until(span))
    if start <= 0:
        raise NoNumber(UNDEFINED)
    return ratio(end - start, start, 100)


def revenue_growth_rate_mrr_cmgr(book: Book, span: Span) -> Fraction:
    """Of MRR within the span, compounded."""
    return steady(mrr_at(book, span.start), mrr_at(book, book.until(span)), book.months(span))


def booked(book: Book, span: Span, is_taken_off: Callable[[Row], bool]) -> Fraction:
    """Revenue less such cost, where there is any of either."""
    earned = book.within("revenue_entries", "recognised_on", span)
    spent = [row for row in book.within("cost_entries", "incurred_on", span) if is_taken_off(row)]
    something(earned + spent, "amount_base")
    return total(earned, "amount_base") - total(spent, "amount_base")


def gross_margin_gross_profit(book: Book, span: Span) -> Fraction:
    """Revenue less cost of goods sold."""
    return booked(book, span, lambda row: row["pnl_line"] == "cogs")


def ebitda_margin_ebitda(book: Book, span: Span) -> Fraction:
    """Revenue less all cost but depreciation, amortisation, interest and tax."""
    return booked(book, span, lambda row: row["nature"] not in NOT_EBITDA)


def ebitda_margin_net(book: Book, span: Span) -> Fraction:
    """Revenue less all cost, of revenue."""
    earned = revenue(book, span)
    return of_earned(earned - total(book.within("cost_entries", "incurred_on", span), "amount_base"), earned)


def runway_months_net_burn(book: Book, span: Span) -> Fraction:
    """Cash out less cash in, a month."""
    rows = book.within("cash_flows", "flow_on", span)
    something([row for row in rows if row["flow_type"] != "financing"], "amount_base")
    return burned(book, span) / book.months(span)


def runway_months_gross_burn(book: Book, span: Span) -> Fraction:
    """Cash out, a month."""
    rows = book.within("cash_flows", "flow_on", span)
    out = [row for row in rows if row["flow_type"] != "financing" and number(row["amount_base"]) < 0]
    return -sum_of(out, "amount_base") / book.months(span)


def burn_multiple_efficiency_score(book: Book, span: Span) -> Fraction:
    """Net new ARR by cash burned."""
    if burned(book, span) <= 0:
        raise NoNumber(UNDEFINED)
    return _net_new_arr(book, span) / burned(book, span)


def mrr_net_new(book: Book, span: Span) -> Fraction:
    """All movements of the span but those of exchange rates."""
    rows = book.within("mrr_movements", "effective_on", span)
    return sum_of([row for row in rows if row["movement_type"] != "fx"], "amount_base")


def arr_net_new(book: Book, span: Span) -> Fraction:
    """Twelve times that."""
    return 12 * mrr_net_new(book, span)


def arpa_new_accounts(book: Book, span: Span) -> Fraction:
    """New MRR by account that has some."""
    rows = moved(book, span, "new")
    return ratio(total(rows, "amount_base"), len({row["account_id"] for row in rows} - {None}))


def gmv_net(book: Book, span: Span) -> Fraction:
    """What orders come to after discounts and refunds."""
    rows = orders(book, span)
    something(rows, "gross_amount_base")
    return sum((net(row) for row in rows), Fraction(0))


def take_rate_of_net(book: Book, span: Span) -> Fraction:
    """Commission of that."""
    rows = orders(book, span)
    return ratio(total(rows, "commission_base"), sum((net(row) for row in rows), Fraction(0)), 100)


def rule_of_40_rule_of_x(book: Book, span: Span) -> Fraction:
    """Twice the growth within a year and free cash flow of revenue."""
    return 2 * growth(book, span, 12) + of_earned(-burned(book, span), revenue(book, span))


def arpa_per_active_user(book: Book, span: Span) -> Fraction:
    """Revenue by user with an event."""
    users = {row["user_id"] for row in book.within("product_events", "occurred_at", span)} - {None}
    return ratio(revenue(book, span), len(users))


def moved_by(book: Book, span: Span, kind: str) -> Fraction:
    """The movements of a kind, where there are any."""
    return sum_of(moved(book, span, kind), "amount_base")


def mrr_new(book: Book, span: Span) -> Fraction:
    """New movements."""
    return moved_by(book, span, "new")


def mrr_added(book: Book, span: Span) -> Fraction:
    """Expansion."""
    return moved_by(book, span, "expansion")


def mrr_contraction(book: Book, span: Span) -> Fraction:
    """Contraction, above zero."""
    return -moved_by(book, span, "contraction")


def mrr_gone(book: Book, span: Span) -> Fraction:
    """Churn, above zero."""
    return -moved_by(book, span, "churn")


def ebitda_margin_operating_profit(book: Book, span: Span) -> Fraction:
    """Revenue less all cost above the line."""
    return booked(book, span, lambda row: row["pnl_line"] in ABOVE_THE_LINE)


def ebitda_margin_net_profit(book: Book, span: Span) -> Fraction:
    """Revenue less all cost."""
    return booked(book, span, lambda _row: True)


def ebitda_margin_free_cash_flow(book: Book, span: Span) -> Fraction:
    """Cash in less cash out, of revenue."""
    return of_earned(-burned(book, span), revenue(book, span))


def runway_months_free_cash_flow(book: Book, span: Span) -> Fraction:
    """Cash in less cash out."""
    rows = book.within("cash_flows", "flow_on", span)
    return sum_of([row for row in rows if row["flow_type"] != "financing"], "amount_base")
