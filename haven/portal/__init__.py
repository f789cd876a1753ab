"""The public pages: what anybody may read of bulletins and digests, and nothing else."""
