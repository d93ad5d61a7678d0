"""One step per file; each says which one it follows."""
