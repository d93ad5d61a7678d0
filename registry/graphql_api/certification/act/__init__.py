"""What those may do who sign in with a token.

- `given`     what is said with an act
- `mutation`  one for each act
"""
