"""What was said -> a ticket: all that it takes to answer it, also after a restart."""
