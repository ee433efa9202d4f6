"""Where the built-in functions look things up."""
