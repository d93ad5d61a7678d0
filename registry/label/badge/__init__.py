"""Badges: a drawing with the credential inside.

- `picture`     the drawing, as SVG and PNG
- `baking`      puts a credential into it, and takes it out again
- `open_badge`  the label for those who collect Open Badges
"""
