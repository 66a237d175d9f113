"""Stretches of time: periods, the fiscal calendar, and how people write and say them."""
