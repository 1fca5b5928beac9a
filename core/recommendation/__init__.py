"""Products for groups of people: counted privately, ranked, and given with reasons."""
