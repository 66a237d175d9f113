"""`counterpoise rank`: the ranking alone, as a company's folder has it where one is given; no data needed."""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from metrics.folder.company_file import CompanyFile
from metrics.lists import aims
from metrics.lists.gates import watching
from metrics.lists.taught import UNTAUGHT, Taught
from metrics.lists.wanted import today_in
from metrics.load import load_catalog
from metrics.model import Catalog
from metrics.opening import read_folder
from metrics.ranking import Ranking, rank

NOTHING = CompanyFile(name="no company")
"""What a list is made for where no company says anything of itself."""


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("rank", help="rank the metrics of a role")
    parser.add_argument("role", metavar="ROLE", help="as `counterpoise catalog` lists it, or its name")
    parser.add_argument("--count", metavar="N", type=whole_number, default=15)
    add_context(parser)
    parser.add_argument(
        "--company",
        metavar="DIR",
        help="as this company folder has it: its roles and rules, stage, business model, goals and traits",
    )
    add_person(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Rank and print."""
    catalog, declared, undeclared = _declared(given.company or settings.company)
    taught, untaught = _taught(given, settings, catalog)
    role, read_as = _role(given, settings, catalog, declared)
    order = rank(
        catalog,
        role,
        stage=given.stage or declared.stage,
        business_model=given.business_model or declared.business_model,
        goals=aims.in_force(declared.goals, today_in(declared.timezone)),
        traits=declared.traits,
        count=given.count,
        **taught.wishes(catalog, catalog.role(role).id)._asdict(),
    )
    ranking = taught.named(order).first(given.count)
    notes = (*read_as, *ranking.notes, *untaught, *undeclared, *_valued(catalog, declared))
    ranking = replace(ranking, notes=notes)
    if given.json:
        print_json(as_json(ranking, catalog))
    else:
        print_page(lambda console: _draw(console, ranking, catalog))
    return 0


def _declared(folder: str | None) -> tuple[Catalog, CompanyFile, tuple[str, ...]]:
    """The catalog as a company has it, and what it says of itself.

    A list can be had where `company.toml` says nothing that can be read, and then says so.
    """
    if not folder:
        return load_catalog(), NOTHING, ()
    try:
        catalog, company = read_folder(Path(folder))
    except UserError as error:
        note = f"Nothing that company.toml declares is in this list: {error}"
        return load_catalog(extra=Path(folder).expanduser()), NOTHING, (note,)
    return catalog, company.file, ()


def _valued(catalog: Catalog, declared: CompanyFile) -> tuple[str, ...]:
    """Said where the values of a company may change the order: they are not looked at here."""
    rules = " and ".join(watching(catalog, declared.targets))
    if not rules:
        return ()
    return (f"What the values of this company change ({rules}) is not in this list; `ask` has it.",)


def _role(
    given: argparse.Namespace, settings: Settings, catalog: Catalog, declared: CompanyFile
) -> tuple[str, tuple[str, ...]]:
    """The role; a title that stands for several is read as in a question, with a note that offers the others."""
    settled = settle(given.role, given.role, catalog, _around(given, settings, declared))
    if settled is None or settled.ids[0] not in catalog.roles:
        return called("role", given.role, catalog.roles), ()
    return settled.ids[0], (assumed(settled),)


def _around(given: argparse.Namespace, settings: Settings, declared: CompanyFile) -> Around:
    """What speaks for one meaning of a title: what this person chose before, and the roles that the company has.

    No memory is needed for a list.
    """
    choices: dict[str, str] = {}
    with suppress(UserError):
        choices = memory_of(settings).choices(person(given))
    return Around(Thread((), None), choices, organisations=frozenset(declared.organisations))


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
