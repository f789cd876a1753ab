"""Who may do what, in plain Python: roles, the actor who does, and the decision with its reason."""
