"""Areas, schools, agencies, people, and the posts they hold."""
