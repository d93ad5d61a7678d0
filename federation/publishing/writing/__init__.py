"""Writing a description down, as Turtle and as JSON-LD, always in the same order."""
