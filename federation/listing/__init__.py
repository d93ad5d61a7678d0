"""What a collection lists: the addresses of descriptions, each with the space that it may describe.

- `item`        an entry of a list, and the list as a whole
- `sitemap`     sitemaps as search engines read them, and the index of several
- `catalogue`   data catalogues (DCAT), in any RDF format or inside a web page
- `reading`     the list that was fetched, whichever it is

A list that is broken is an error and never a shorter list: what it does not name would be taken for gone.
"""

from federation.listing.item import Item, Listing
from federation.listing.reading import LIMITS, read_list

__all__ = ["LIMITS", "Item", "Listing", "read_list"]
