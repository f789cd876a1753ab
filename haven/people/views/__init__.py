"""The screens of people: organisations, posts, calendars, clusters, and joining."""
