"""What is known around a question: who asks, where, and what was said before."""
