"""A backend that says what it is told to."""
