"""One ticket: kept before it is acknowledged, in its thread's turn, with rights; and a desk that is looked after."""
