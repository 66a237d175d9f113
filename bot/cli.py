"""The `counterpoise` command: it reads the arguments, runs one command, and turns mistakes into a sentence."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from uuid import uuid4

from bot.commands import COMMANDS
from bot.settings import read_settings
from metrics.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. 0: done; 1: something of ours failed; 2: bad input, said in one sentence."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given, read_settings(os.environ)))
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line speaks by printing
        return 2
    except BrokenPipeError:  # whoever read our output had enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception:
        failure = uuid4().hex[:8]
        logging.getLogger(__name__).debug("Failure %s", failure, exc_info=True)
        print(  # noqa: T201 - the same
            f"Something of ours failed ({failure}); set COUNTERPOISE_DEBUG=1 to see where, and report it.",
            file=sys.stderr,
        )
        if os.environ.get("COUNTERPOISE_DEBUG"):
            raise
        return 1


class OneSentence(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; so does exit
        """Say what is wrong and where help is."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}; `{self.prog} --help` shows what there is.\n")


def _parser() -> argparse.ArgumentParser:
    parser = OneSentence(
        prog="counterpoise", description="Metrics that always mix business and people, computed and cited."
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", required=True, parser_class=OneSentence
    )
    for command in COMMANDS:
        command.add(commands)
    return parser
