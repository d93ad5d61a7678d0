"""The harvest of a registry as a whole: one round at a time, in the rhythm of the sources.

- `turn`     whose turn it is, and that only one round runs at a time
- `tally`    what a round brought, and whether that is cause for alarm
- `keeper`   keeps the rhythm by itself while the registry is open
"""

from federation.campaign.tally import Tally
from federation.campaign.turn import Campaign, Choice, campaign, conclude

__all__ = ["Campaign", "Choice", "Tally", "campaign", "conclude"]
