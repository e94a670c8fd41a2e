"""Files of other servers: only of those that the settings name, politely, and within bounds.

addresses   which hosts may be asked, and where on the internet they are
client      one request: to an address that was looked at, of so many bytes, in so much time
deadline    the end of a connection, whatever its other side says until then
polite      many: robots.txt heeded, a pause between two, told to come later
"""

from library.fetching.addresses import Allowed, is_open, leads_to, look_up
from library.fetching.deadline import Deadline
from library.fetching.polite import AGENT, Fetched, Fetcher

__all__ = ["AGENT", "Allowed", "Deadline", "Fetched", "Fetcher", "is_open", "leads_to", "look_up"]
