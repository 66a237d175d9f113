"""Revenue operations and what stands beside sales: initiatives, their use and savings, pilots, references."""
# ruff: noqa: PLR2004 - the figures of a made-up company

from __future__ import annotations

from typing import Any

from metrics.demo.book import Book
from metrics.demo.clock import LAST, MONTHS, month_of, month_start, stream
from metrics.demo.staff import Staff
from metrics.demo.store import Frame, frame

AIMS = {
    "quota_carrier": ("win_rate", "forecast_accuracy", "sales_cycle_length", "crm_data_completeness"),
    "csm": ("net_revenue_retention", "customer_churn_rate"),
    "sdr": ("lead_response_time", "lead_to_opportunity_rate"),
    "support_agent": ("resolution_time", "first_contact_resolution"),
}


def tables(staff: Staff, book: Book) -> dict[str, Frame]:
    """Initiatives with their usage and timings, pilots, reference agreements."""
    initiatives = _initiatives(staff)
    return {
        "initiatives": frame("initiatives", initiatives),
        "initiative_usage": frame("initiative_usage", _usage(staff, initiatives)),
        "task_timings": frame("task_timings", _timings(initiatives)),
        "pilots": frame("pilots", _pilots(book)),
        "account_references": frame("account_references", _references(book)),
    }


def _initiatives(staff: Staff) -> list[tuple[Any, ...]]:
    """Three a quarter; four in five are deployed, most in the quarter planned. Two more are planned for 2026."""
    rng = stream("initiatives")
    rows: list[tuple[Any, ...]] = []
    for number in range(1, 39):
        planned = month_start((number - 1) // 3 * 3)
        owners = staff.doing("revops_analyst", min(planned, LAST))
        deployed: int | None = planned + int(rng.integers(12, 118))
        if rng.random() < 0.16 or (deployed is not None and deployed > LAST):
            deployed = None
        role = list(AIMS)[int(rng.choice(4, p=[0.5, 0.2, 0.15, 0.15]))]
        aim = AIMS[role][int(rng.integers(len(AIMS[role])))]
        owner = owners[int(rng.integers(len(owners)))].number
        rows.append((number, owner, planned, deployed, int(rng.integers(2, 21)) * 50, role, aim))
    return rows


def _usage(staff: Staff, initiatives: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Everybody in the role while it runs may use it; two in three still do."""
    rng = stream("usage")
    rows: list[tuple[Any, ...]] = []
    for number, _, _, deployed, _, role, _ in initiatives:
        if deployed is None:
            continue
        for worker in staff.workers:
            since = next((job.since for job in worker.jobs if job.unit.family == role), None)
            if (
                since is None
                or worker.job.unit.family != role
                or (worker.left is not None and worker.left < deployed)
            ):
                continue
            eligible = max(deployed, since)
            last = worker.left if worker.left is not None else LAST
            if eligible > last:
                continue
            dice = rng.random()
            used: int | None = max(eligible, last - int(rng.integers(0, 25)))
            if dice < 0.14:
                used = None
            elif dice < 0.34:
                used = int(rng.integers(eligible, last + 1))
            rows.append((number, worker.number, eligible, used))
    return rows


def _timings(initiatives: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One or two tasks of each deployed initiative, timed month by month for a year."""
    rng = stream("timings")
    rows: list[tuple[Any, ...]] = []
    for number, _, _, deployed, weight, _, _ in initiatives:
        if deployed is None:
            continue
        for _ in range(1 + int(rng.random() < 0.4)):
            before = int(rng.integers(8, 50))
            after = max(1, int(before * rng.uniform(0.25, 0.7)))
            for month in range(month_of(deployed) + 1, min(MONTHS, month_of(deployed) + 13)):
                runs = int(rng.integers(20, 60)) * weight // 500 + 10
                faults = (int(rng.binomial(runs, 0.07)), int(rng.binomial(runs, 0.025)))
                rows.append(
                    (len(rows) + 1, number, before * 100, after * 100, runs, *faults, month_start(month))
                )
    return rows


def _pilots(book: Book) -> list[tuple[Any, ...]]:
    """Pilots before some of the larger first contracts, and some that led nowhere or still run."""
    rng = stream("pilots")
    rows: list[tuple[Any, ...]] = []
    for account in book.accounts:
        if (
            account.internal
            or account.segment == "SMB"
            or account.born < month_start(1)
            or rng.random() > 0.17
        ):
            continue
        paid = account.first_paid
        started = (
            paid - int(rng.integers(30, 75)) if paid is not None else account.born + int(rng.integers(5, 30))
        )
        if started > LAST or started < month_start(0):
            continue
        ended: int | None = paid if paid is not None else started + int(rng.integers(30, 90))
        ended = ended if ended is not None and ended <= LAST else None
        value: int | None = started + int(rng.integers(7, 29))
        if value is not None and (value > (ended or LAST) or (paid is None and rng.random() < 0.4)):
            value = None
        cases, functions = int(rng.integers(1, 4)), int(rng.integers(1, 3))
        more = (
            cases,
            cases + int(rng.poisson(1.4)),
            functions,
            functions + int(rng.poisson(0.7)),
            int(rng.poisson(2.2)),
        )
        rows.append((started, account.number, ended, value, *more, paid))
    rows.sort(key=lambda row: (row[0], row[1]))
    return [(n, account, started, *rest) for n, (started, account, *rest) in enumerate(rows, 1)]


def _references(book: Book) -> list[tuple[Any, ...]]:
    """One in six customers agrees to be a reference; a few withdraw, as do all who leave."""
    rng = stream("references")
    rows: list[tuple[Any, ...]] = []
    for account in book.accounts:
        if account.first_paid is None or rng.random() > 0.17:
            continue
        agreed = account.first_paid + int(rng.integers(120, 420))
        gone = account.left[0][0] if account.left else None
        if agreed > LAST or (gone is not None and agreed >= gone):
            continue
        ends = agreed + int(rng.integers(200, 900)) if rng.random() < 0.12 else None
        withdrawn = min((d for d in (gone, ends) if d is not None and d <= LAST), default=None)
        rows.append((account.number, agreed, withdrawn))
    return rows
