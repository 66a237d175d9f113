"""Leaves -> cells: out of what is kept, else out of the database, in as few statements as the data allows."""
