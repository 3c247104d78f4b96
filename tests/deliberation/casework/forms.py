"""Filling in and sending the forms of the desk's records, for tests."""

from assessments.models import AISystem, Source
from tests.deliberation import world as w

DESK = "/testville/desk/"
CASES = f"{DESK}cases/"
MINE = "Housing chatbot, described anew"


def errors(page):
    return [part.get_text(" ", strip=True) for part in w.soup(page).select(".error-summary li")]


def filled(page):
    """Return what the page's form would send as it stands."""
    form = w.soup(page).select_one("main form[method=post]")
    sent = {}
    for box in form.select("input"):
        if box.get("type") in {"radio", "checkbox"} and not box.has_attr("checked"):
            continue
        sent.setdefault(box["name"], []).append(box.get("value", ""))
    for box in form.select("textarea"):
        sent[box["name"]] = [box.get_text().lstrip("\n")]
    for box in form.select("select"):
        sent[box["name"]] = [option["value"] for option in box.select("option[selected]")]
    sent.pop("csrfmiddlewaretoken")
    return sent


def send(url, by, **changes):
    """Open a form, change some fields and send it."""
    return w.post(url, by=by, **{**filled(w.get(url, by=by)), **changes})


def new_case(secretary, **changes):
    facts = {
        "kind": "hazard", "title_en": "A risk", "summary_en": "It may fail.", "affected_en": "Tenants",
        "system": AISystem.objects.get().token, "happened_from": "1 April 2026", **changes,
    }  # fmt: skip
    return send(f"{CASES}new/", secretary, **facts)


def evidence_url(incident):
    return f"{CASES}{incident.reference}/evidence/"


def new_evidence(secretary, incident, **changes):
    facts = {
        "kind": "evidence", "statement": "130 tenants got wrong answers.", "as_of_words": "May 2026",
        "as_of_from": "1 May 2026", "as_of_to": "31 May 2026", "low": "130", "unit": "tenants",
        "figure_of": "tenants told wrongly", "sources": [Source.objects.first().token], **changes,
    }  # fmt: skip
    return send(f"{evidence_url(incident)}new/", secretary, **facts)
