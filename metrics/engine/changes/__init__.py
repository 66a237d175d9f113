"""A value held against another, and what each group did to the change."""
