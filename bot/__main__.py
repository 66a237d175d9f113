"""`python -m bot` is the `counterpoise` command."""

import sys

from bot.cli import main

sys.exit(main())
