"""The registry: takes in descriptions, checks them, keeps them and answers questions."""
