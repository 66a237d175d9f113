"""An old answer's numbers, computed again: same, changed, or no longer computable.

It is done under the rights of whoever runs it: what the engine would not show them now is not shown, and of
values about people only the verdict is given, never the figures.
"""

from metrics.verify.again import verify
from metrics.verify.recorded import Recorded, Verified

__all__ = ["Recorded", "Verified", "verify"]
