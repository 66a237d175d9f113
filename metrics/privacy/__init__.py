"""People data stays guarded: how sensitive a value is, and which groups are too small to show."""

from metrics.privacy.sensitivity import of_dimension, of_metric
from metrics.privacy.suppress import suppressed

__all__ = ["of_dimension", "of_metric", "suppressed"]
