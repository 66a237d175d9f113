"""When: the periods that a question names."""
