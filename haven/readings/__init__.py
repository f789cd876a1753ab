"""Who in a school must read which part of which guidance, that she did, and what happens when a new edition comes."""
