"""Backups: the ledger, the snapshots that are cited, and what of the files beside it nothing else can give.

A backup is a folder that could itself be a registry's home. All the rest is made from the ledger again.

- `manifest`  what a backup says of itself, and whether it is still what was written
- `folder`    the backups in one folder: a new one, and what the law wants gone out of the older ones
- `restore`   a home made from a backup
"""
