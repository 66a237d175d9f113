"""The engine: a catalog of metrics, a ranking that stays balanced, values computed from a company's data.

No Slack, no language model, no async. It runs alone.

calendar, definition, model, load   periods; what a metric is made of; the catalog's nouns, and how files become them
folder, warehouse                   a company's folder, and the database that holds its tables
engine                              values computed from them, with receipts
privacy                             what may be shown of people
balance, ranking                    the rules, and an order that keeps them
lists, advice                       finished lists, and what is answered about them
check, notes, begin                 what is doubtful in the data, what is told beside values, a first folder
catalog_text, display               catalog and values as words
demo                                a company to try it with
"""

VERSION = "0.1.0"
"""The version of the package; every receipt names it, because the engine is part of what made a number."""
