"""Question -> Request, made only of ids the catalog knows.

context       who asks, where, and what was said before
words         text -> words, and the names that they come near to: ``lexicon`` has all names of the catalog
people, times, conversation
              persons in a question, periods, and what asks for nothing
names         which metrics, methods, roles and groups a question names
seen          all that a question names
advising      questions for advice
read          puts them together without a model: what is wanted, pointed back at, to be chosen from
with_model    lets a model fill what stayed open
"""

from bot.reading.read import read

__all__ = ["read"]
