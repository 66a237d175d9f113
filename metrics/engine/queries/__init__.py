"""Leaves -> SQL, and the cells that come back."""
