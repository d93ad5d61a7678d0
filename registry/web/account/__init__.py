"""The pages of those who sign in: how they come in, their own account, and the operators' list of people.

- `entry`       who asks: what routes of other pages and interfaces need
- `page`        a page for somebody who has signed in, with a token for its forms
- `form`        reads forms, and only from our own pages
- `cookie`      the cookies
- `sign_in`     in, here or at a provider, and out
- `invitation`  how somebody makes an account their own
- `own`         one's own account
- `people`      all accounts, for operators
"""

from registry.web.account import invitation, own, people, sign_in

__all__ = ["ROUTERS"]

ROUTERS = (sign_in.router, invitation.router, own.router, people.router)
