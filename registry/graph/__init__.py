"""The graph that readers query: a projection of the ledger that can always be made again."""
