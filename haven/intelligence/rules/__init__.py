"""What can be told and how sure it is, how it is graded, what must be taken out of it, what meets, what is counted."""
