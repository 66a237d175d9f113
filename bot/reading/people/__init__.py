"""Whether a question is about one person, and which words of it are names of people."""
