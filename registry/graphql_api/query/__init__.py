"""What can be asked.

- `lists`    lists in pages
- `lookup`   single things, by IRI, identifier or short name
- `query`    both together
"""
