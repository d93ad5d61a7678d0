"""Holds descriptions against quality standards.

`standard` reads what a standard asks, `composition` turns it into SHACL Core,
`engine` runs the validator, and `assessment` says what the results mean.
"""
