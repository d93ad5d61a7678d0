"""Holds descriptions against quality standards.

`standard` reads what a standard asks, with its `version`s and the uses of each `criterion`;
`composition` turns it into SHACL Core, `engine` runs the validator, and `assessment` says
what the results mean.
"""
