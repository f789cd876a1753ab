"""The screens of actions: an organisation's own list, and the asker's picture of it all."""
