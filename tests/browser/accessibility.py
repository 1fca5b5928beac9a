"""axe-core's findings on a page: ours to mend, and Streamlit's own with the reason why they stay."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A finding in Streamlit's own markup.

    Attributes:
        rule: The rule of axe-core.
        within: What the selector or the markup of the finding holds.
        reason: Why it stays.
    """

    rule: str
    within: str
    reason: str

    def explains(self, rule, target, markup):
        """Return whether the finding is this one."""
        return rule == self.rule and (self.within in target or self.within in markup)


#: One by one; serious and critical ones only, since these fail a test.
STREAMLITS_OWN: tuple[Known, ...] = ()


def shuts_out(page):
    """Say, a line a finding, what axe-core calls serious or critical and is not Streamlit's own."""
    violations = Axe().run(page).response["violations"]
    found = [
        (violation["id"], str(node["target"]), node["html"][:200], _why(node))
        for violation in violations
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
    ours = [one for one in found if not any(known.explains(*one[:3]) for known in STREAMLITS_OWN)]
    return "\n".join(" | ".join(one) for one in ours)


def _why(node):
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)
