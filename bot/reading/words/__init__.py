"""Text -> words, and the names that they come near to."""
