"""Certification in GraphQL: labels for everybody, cases for their parties, and an act for each mutation.

- `casebook`  the cases as they were known in the state of the registry that an answer comes from
- `public`    what everybody may ask
- `label`     labels that were granted here: their `history`, what was `assessed`, what still holds (`live`)
- `basis`     what everybody may know of how a label came about
- `scheme`    label schemes, levels and who may decide
- `party/`    what those may ask who sign in with a token
- `act/`      what they may do
"""
