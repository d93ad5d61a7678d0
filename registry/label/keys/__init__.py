"""The keys of certifying bodies, and their names on the web.

- `key`        the public keys, read from the ledger
- `keyring`    the private keys, encrypted on the disk
- `did`        the name of a body (`did:web`), and the document with its keys
- `multibase`  keys, digests and signatures as text
"""
