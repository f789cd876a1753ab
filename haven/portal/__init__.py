"""The public pages: what anybody may read of the bulletins, and nothing else."""
