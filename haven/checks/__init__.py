"""MASH checks: what a council asks schools and agencies about a child, once, and what they answer."""
