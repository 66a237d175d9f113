"""What is asked -> the leaves it needs: measures and entities, each with its own days and slice."""
