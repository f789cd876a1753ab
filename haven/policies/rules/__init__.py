"""The rules of school policies: their kinds, their life, what is usual, and when guidance has moved under them."""
