"""Lists in pages that belong together (GraphQL Cursor Connections Specification).

- `cursor`      a place in one list of one state of the registry
- `connection`  a page of a list, as clients see it
"""
