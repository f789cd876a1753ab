"""What changed and what schools might do about it: the page that an area writes from its judgements, and publishes."""
