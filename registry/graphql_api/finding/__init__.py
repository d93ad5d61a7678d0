"""How things are found: by filters, in an order, with counts.

- `initiative`    filters, order and counts for initiatives
- `organisation`  the same for organisations
- `evidence`      filters for assignments and statements
- `facet`         how many have which value
- `order`         in which order
"""
