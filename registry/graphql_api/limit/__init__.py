"""How much one question may ask.

- `bounds`   the limits, which an operator sets
- `cost`     what a question would cost, worked out before anything is read
- `measure`  measures a question and refuses one that asks too much
"""
