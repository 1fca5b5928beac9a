"""What a page complains about, and what of it an outage explains."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ui.server.static import PATH

#: Streamlit looks for its server below a deep link first, and for the right place after that.
STREAMLITS_MISSES = re.compile(r"^/\w+/_stcore/(health|host-config)$")
STREAMLITS_SCRIPTS = "/static/"
OUR_SCRIPTS = f"{PATH}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One error of a page's console.

    Attributes:
        text: What it says; an exception that a script logs brings its stack along.
        url: The script that says it, or what the browser could not load.
        is_browsers: The browser says it itself, and no script.
    """

    text: str
    url: str
    is_browsers: bool

    def __str__(self):
        return f"{self.text} ({self.path})"

    @property
    def path(self):
        """Return where on its server ``url`` is."""
        return urlsplit(self.url).path


@dataclass(slots=True)
class Outage:
    """A time in which the server is out of reach: what the page complains about, and what nobody answered."""

    heard: list[Complaint] = field(default_factory=list)
    unanswered: set[str] = field(default_factory=set)

    def unexplained(self):
        """Return the complaints that would have come with the server in reach as well."""
        return [complaint for complaint in self.heard if not self._explains(complaint)]

    def _explains(self, complaint):
        # Streamlit catches what our scripts throw, and logs it for them.
        if OUR_SCRIPTS in complaint.text:
            return False
        # In Streamlit's scripts: its own words, and the browser's on the socket they opened.
        if complaint.path.startswith(STREAMLITS_SCRIPTS):
            return True
        return complaint.is_browsers and complaint.url in self.unanswered


class Complaints:
    """Takes note of a page's complaints.

    Attributes:
        errors: All but Streamlit's own two misses, and what an outage explains.
    """

    def __init__(self, page):
        self.errors = []
        self._outage = None
        page.on("console", self._hear)
        # Whatever else is wrong: an exception that nobody catches is a defect.
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", self._miss)

    def begin_outage(self):
        """Judge by the outage what comes from now on."""
        self._outage = Outage()

    def end_outage(self):
        """Keep what the outage does not explain."""
        self.errors += map(str, self._outage.unexplained())
        self._outage = None

    def _hear(self, message):
        if message.type != "error":
            return
        complaint = Complaint(text=message.text, url=message.location.get("url", ""), is_browsers=not message.args)
        if "404" in complaint.text and STREAMLITS_MISSES.search(complaint.path):
            return
        if self._outage:
            self._outage.heard.append(complaint)
        else:
            self.errors.append(str(complaint))

    def _miss(self, request):
        if self._outage:
            self._outage.unanswered.add(request.url)
