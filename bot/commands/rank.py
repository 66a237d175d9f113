"""`counterpoise rank`: the ranking alone, no data needed."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from rich import box
from rich.console import Console
from rich.table import Table

from bot.app import memory_of
from bot.coaching.force import in_force
from bot.commands.choices import add_context, add_json, add_person, person, whole_number
from bot.commands.output import print_json, print_page
from bot.reading.context.around import Around
from bot.reading.context.pointing import Thread
from bot.reading.names.roles import assumed
from bot.reading.words.ambiguous import settle
from bot.settings import Settings
from metrics.called import called
from metrics.errors import UserError
from metrics.lists.taught import UNTAUGHT, Taught
from metrics.load import load_catalog
from metrics.model import BusinessModel, Catalog, Stage
from metrics.opening import read_folder
from metrics.ranking import Ranking, rank


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("rank", help="rank the metrics of a role")
    parser.add_argument("role", metavar="ROLE", help="as `counterpoise catalog` lists it, or its name")
    parser.add_argument("--count", metavar="N", type=whole_number, default=15)
    add_context(parser, stage="growth", business_model="saas")
    parser.add_argument("--company", metavar="DIR", help="with the roles and rules of this company folder")
    add_person(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Rank and print."""
    company = given.company or settings.company
    catalog = load_catalog(extra=Path(company).expanduser()) if company else load_catalog()
    stage, model = cast("Stage", given.stage), cast("BusinessModel", given.business_model)
    taught, notes = _taught(given, settings, catalog)
    role, read_as = _role(given, settings, catalog)
    wishes = taught.wishes(catalog, catalog.role(role).id)._asdict()
    order = rank(catalog, role, stage=stage, business_model=model, count=given.count, **wishes)
    ranking = taught.named(order).first(given.count)
    ranking = replace(ranking, notes=(*read_as, *ranking.notes, *notes))
    if given.json:
        print_json(as_json(ranking, catalog))
    else:
        print_page(lambda console: _draw(console, ranking, catalog))
    return 0


def _role(given: argparse.Namespace, settings: Settings, catalog: Catalog) -> tuple[str, tuple[str, ...]]:
    """The role; a title that stands for several is read as in a question, with a note that offers the others."""
    settled = settle(given.role, given.role, catalog, _around(given, settings))
    if settled is None or settled.ids[0] not in catalog.roles:
        return called("role", given.role, catalog.roles), ()
    return settled.ids[0], (assumed(settled),)


def _around(given: argparse.Namespace, settings: Settings) -> Around:
    """What speaks for one meaning of a title: what this person chose before, and the roles that the company has.

    Neither a memory nor a whole company folder is needed for a list.
    """
    folder = given.company or settings.company
    organisations: frozenset[str] = frozenset()
    choices: dict[str, str] = {}
    with suppress(UserError):
        organisations = frozenset(read_folder(Path(folder))[1].file.organisations) if folder else frozenset()
    with suppress(UserError):
        choices = memory_of(settings).choices(person(given))
    return Around(Thread((), None), choices, organisations=organisations)


def _taught(
    given: argparse.Namespace, settings: Settings, catalog: Catalog
) -> tuple[Taught, tuple[str, ...]]:
    """What was taught for whoever asks; a list can be had without a memory too, and then says so."""
    try:
        return in_force(memory_of(settings), person(given), given.channel).taught(catalog), ()
    except UserError as error:
        return UNTAUGHT, (f"Nothing that was taught is in this list: {error}",)


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


def _draw(console: Console, ranking: Ranking, catalog: Catalog) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("#", "Metric", "Side", "Why", "Rules"):
        table.add_column(heading, justify="right" if heading == "#" else "left")
    for place in ranking.places:
        name = catalog.metric(place.metric).name
        table.add_row(str(place.rank), name, place.side, place.why, ", ".join(place.rules))
    console.print(f"{catalog.role(ranking.role).name}, {ranking.stage}, {ranking.business_model}")
    console.print(table)
    for note in ranking.notes:
        console.print(note)
