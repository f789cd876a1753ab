"""The demonstration: the made-up borough of Fairhaven, furnished in a moment, signed in with one click."""
