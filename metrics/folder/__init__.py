"""A company folder: what lies in it, and how it is read."""
