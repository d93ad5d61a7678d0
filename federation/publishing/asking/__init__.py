"""Asking people about a project: what can be asked, in which words, and what may be answered."""
