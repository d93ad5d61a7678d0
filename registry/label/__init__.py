"""Labels that anyone can check: credentials, status lists and badges, made from the ledger when asked for.

Nothing that is signed is stored. Ed25519 gives the same signature for the same bytes, and everything in a
credential stands in the ledger, so the same question always gets the same answer.

- `keys/`        the keys of certifying bodies, and their names on the web
- `context`      the JSON-LD contexts that ship with the registry; no other one is ever read
- `proof`        signs a credential and checks a signature (`eddsa-rdfc-2022`)
- `naming`       what bodies and initiatives are called, as the ledger knew it on the day of a decision
- `credential`   what a label says, as a W3C Verifiable Credential
- `status_list`  which labels are suspended or revoked, in a list that does not tell which is which
- `issuer`       puts these together for one registry
- `badge/`       badges, with the credential inside
- `package`      a label as a folder of files, for those who check it without a network
- `check/`       checks a label that a stranger shows
"""
