"""What a change of a standard would mean for every project that holds a label, before anything is decided.

A label rests on the version of the standard by which its project was judged, and keeps it for as long as it
holds. The preview asks what would become of it under another version, announced or only drafted: which
demands come and go, how the project stands with each, whether its level would still be reached, and what
nobody has judged yet. Nothing is decided by it, and nothing is written down.

What a machine decides is looked up in the description that is published today or, when asked, in the one on
which the label was granted. What people judged stands: for a demand that a version only moves to another
level, they judged the same thing before.

`change` holds the values, `trial` runs the descriptions, and `survey` goes through the labels.
"""

from registry.certification.outlook.preview.change import (
    Basis,
    Change,
    Obstacle,
    RequirementShift,
    Shift,
    Verdict,
    affected,
    obstacles,
)
from registry.certification.outlook.preview.survey import preview

__all__ = [
    "Basis",
    "Change",
    "Obstacle",
    "RequirementShift",
    "Shift",
    "Verdict",
    "affected",
    "obstacles",
    "preview",
]
