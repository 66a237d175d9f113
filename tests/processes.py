"""Where processes begin that have our modules already: loading these is most of the time that such a test takes."""

from __future__ import annotations

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
"""Each begins from one that has imported what is named below, and has opened nothing."""
PROCESSES.set_forkserver_preload(
    ["pytest", "hypothesis", "bot.app", "bot.slack.serve", "tests.slack_server.running"]
)
