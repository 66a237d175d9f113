"""Arguments that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import argparse
import getpass
from datetime import date
from typing import get_args

from bot.model import HERE
from metrics.errors import UserError
from metrics.model import BusinessModel, Stage

STAGES: tuple[str, ...] = get_args(Stage)
MODELS: tuple[str, ...] = get_args(BusinessModel)


def add_company(parser: argparse.ArgumentParser) -> None:
    """Declare --company."""
    parser.add_argument(
        "--company", metavar="DIR", help="company folder; else COUNTERPOISE_COMPANY, else the demo company"
    )


def add_person(parser: argparse.ArgumentParser) -> None:
    """Declare --user, --channel and --thread: who says something, where, and in which conversation."""
    parser.add_argument("--user", metavar="U", help="who asks")
    parser.add_argument("--channel", metavar="C", default=HERE, help="where it is asked")
    parser.add_argument("--thread", metavar="T", default="", help="continue this conversation")


def person(given: argparse.Namespace) -> str:
    """Who asks: as given, else who is logged in; a container may not know."""
    try:
        return given.user or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "local"


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_day(parser: argparse.ArgumentParser) -> None:
    """Declare --as-of."""
    parser.add_argument("--as-of", metavar="DATE", help="the day the question is asked for, as 2025-12-31")


def add_context(parser: argparse.ArgumentParser) -> None:
    """Declare --stage and --business-model."""
    parser.add_argument("--stage", metavar="S", choices=STAGES, help=", ".join(STAGES))
    parser.add_argument("--business-model", metavar="M", choices=MODELS, help=", ".join(MODELS))


def day(text: str | None) -> date | None:
    """A day as it is written on the command line.

    Raises:
        UserError: it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{text!r} is no day: write one such as 2025-12-31.") from None


def whole_number(text: str) -> int:
    """A count on the command line: 1 or more."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no count: give 1 or more")
    return number
