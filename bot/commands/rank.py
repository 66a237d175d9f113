"""`counterpoise rank`: the ranking alone, no data needed."""

from __future__ import annotations

import argparse
from typing import Any, cast

from rich import box
from rich.table import Table

from bot.commands.output import console, print_json
from bot.settings import Settings
from metrics.load import load_catalog
from metrics.model import BusinessModel, Catalog, Stage
from metrics.ranking import Ranking, rank


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("rank", help="rank the metrics of a role")
    parser.add_argument("role", metavar="ROLE")
    parser.add_argument("--count", metavar="N", type=int, default=15)
    parser.add_argument("--stage", metavar="S", choices=["pre_pmf", "growth", "scale"], default="growth")
    parser.add_argument(
        "--business-model",
        metavar="M",
        choices=["saas", "ecommerce", "services", "marketplace"],
        default="saas",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, _settings: Settings) -> int:
    """Rank and print."""
    catalog = load_catalog()
    stage, model = cast("Stage", given.stage), cast("BusinessModel", given.business_model)
    ranking = rank(catalog, given.role, stage=stage, business_model=model).first(given.count)
    if given.json:
        print_json(as_json(ranking, catalog))
    else:
        _show(ranking, catalog)
    return 0


def as_json(ranking: Ranking, catalog: Catalog) -> dict[str, Any]:
    """The ranking as the contract has it."""
    return {
        "role": ranking.role,
        "stage": ranking.stage,
        "business_model": ranking.business_model,
        "metrics": [
            {
                "rank": place.rank,
                "id": place.metric,
                "side": place.side,
                "dimension": catalog.metric(place.metric).dimension,
                "why": place.why,
                "rules": list(place.rules),
                "guarded_by": list(place.guarded_by),
                "primary": place.primary,
            }
            for place in ranking.places
        ],
        "notes": list(ranking.notes),
    }


def _show(ranking: Ranking, catalog: Catalog) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("#", "Metric", "Side", "Why", "Rules"):
        table.add_column(heading, justify="right" if heading == "#" else "left")
    for place in ranking.places:
        name = catalog.metric(place.metric).name
        table.add_row(str(place.rank), name, place.side, place.why, ", ".join(place.rules))
    out = console()
    out.print(f"{catalog.role(ranking.role).name}, {ranking.stage}, {ranking.business_model}")
    out.print(table)
    for note in ranking.notes:
        out.print(note)
