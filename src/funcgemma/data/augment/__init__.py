"""Ways to make further cases of those there are, each with its gold."""
