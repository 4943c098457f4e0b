"""One module a verb, each with a click command of its own name."""
