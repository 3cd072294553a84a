"""Events that name the page which caused them."""

from __future__ import annotations

from zhiyin.ingest.doctor.finding import Finding, judged, passed
from zhiyin.store.attribution import Attribution

LOST_WARN = 0.05


def impressions(counts: Attribution) -> Finding:
    """Find events whose ``request_id`` leads to no page that showed that item to that person."""
    counted = "events whose request_id leads to no page that showed that item to that person"
    if not counts.impressions:
        return passed("impressions.joined", 0, 0, counted)
    reasons = {
        "no page has that request": counts.unknown_request,
        "the page was shown to someone else": counts.other_person,
        "the page did not show that item": counts.not_on_page,
    }
    return judged(
        "impressions.joined",
        sum(reasons.values()),
        counts.events,
        counted,
        "what pages brought about is counted too low",
        "Send the request_id of the very page with the user it was asked for; events of another system's pages may stay.",
        lambda: [{"reason": reason, "events": n} for reason, n in reasons.items() if n],
        warn_above=LOST_WARN,
    )
