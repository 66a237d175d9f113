"""Values about people: how many they are about, what the lattice shows of them, and what stands in for the rest."""
