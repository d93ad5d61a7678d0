"""A small site made of descriptions, which any web space can hold."""
