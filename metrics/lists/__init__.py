"""A role, a company and its coached rules -> a finished list with values, targets and how the rules fared."""
