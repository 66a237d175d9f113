"""The `counterpoise` command: it reads the arguments, runs one command, and turns mistakes into a sentence."""

from __future__ import annotations

import argparse
import atexit
import gc
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from io import TextIOWrapper
from uuid import uuid4

from bot.commands import COMMANDS
from bot.failures import keep
from bot.settings import Settings, read_settings
from bot.sweeps import SELDOM
from metrics.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. 0: done; 1: something of ours failed; 2: bad input, said in one sentence."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old terminal shows a question mark, not a failure
    quiet = logging.StreamHandler()  # answers and errors are said; `serve` asks for more
    quiet.setLevel(logging.CRITICAL)  # not the logger's level: drivers give theirs one of its own
    logging.basicConfig(handlers=[quiet])
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # drivers warn who develops them; `python -W default -m bot` shows it
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)  # the interpreter's last sweep would walk all there is, for nothing
    given = build_parser().parse_args(arguments)
    settings = read_settings(os.environ)
    try:
        done = int(given.run(given, settings))
        sys.stdout.flush()
    except UserError as error:
        _say(str(error))
        return 2
    except BrokenPipeError:  # whoever read our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last place where a failure can still be told
        _say(_failed(settings, error))
        return 1
    return done


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _failed(settings: Settings, error: Exception) -> str:
    """Keep the failure under an id where its own words can be found, and say where that is."""
    failure = uuid4().hex[:8]
    try:
        keep(settings.failures, failure, error, settings.days)
    except OSError:
        return (
            f"Something of ours failed ({failure}), and {settings.failures} cannot be written: report it with what "
            "you did."
        )
    return f"Something of ours failed ({failure}); {settings.failures} has the details: report it with them."


class OneSentence(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; so does exit
        """Say what is wrong and where help is."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}; `{self.prog} --help` shows what there is.\n")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of the command line, with every command it knows."""
    parser = OneSentence(
        prog="counterpoise", description="Metrics that always mix business and people, computed and cited."
    )
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", required=True, parser_class=OneSentence
    )
    for command in COMMANDS:
        command.add(commands)
    return parser
