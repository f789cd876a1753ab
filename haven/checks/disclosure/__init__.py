"""The only way to what checks keep sealed: asked, written down and committed first, handed over as values."""
