"""Question -> Request, made only of ids the catalog knows.

``text`` and ``spelling`` make words of a message, ``lexicon`` knows the catalog's names, ``mentions`` finds
them, ``seen`` is all that a question names, ``pointing`` what it points back at, ``wants`` what it wants;
``read`` puts them together without a model, ``with_model`` lets one fill what stayed open.
"""

from bot.reading.read import read

__all__ = ["read"]
