"""Files of cases for tests: a made-up twin of the AI Incident Database's snapshot, and our own format."""

import csv
import io

AIID_HEADING = ("incident_id", "date", "mit_domain", "mit_subdomain", "entity", "timing", "intent", "title")
PARTS = (
    ("1. Discrimination and Toxicity", "1.2. Exposure to toxic content"),
    ("2. Privacy & Security", "2.1. Compromise of privacy by obtaining, leaking or correctly inferring information"),
    ("4. Malicious Actors & Misuse", "4.1. Disinformation, surveillance, and influence at scale"),
    ("7. AI system safety, failures, and limitations", "7.3. Lack of capability or robustness"),
)
OWN_HEADING = (
    "id", "title", "summary", "affected", "kind", "deployer", "system", "happened_from", "happened_to", "statement",
    "as_of", "source_title", "source_publisher", "source_address",
)  # fmt: skip
OWN_ROW = (
    "A-1", "Parking app fined the wrong cars", "For two weeks it read plates wrongly.", "Drivers", "incident",
    "Parking Office", "Plate reader", "2026-03-01", "2026-03-14", "41 cars were fined wrongly.", "2026-03",
    "Annual report", "Parking Office", "https://parking.example/report",
)  # fmt: skip


def aiid_rows(count: int) -> list[list[str]]:
    """Return so many made-up entries, quoted commas and other scripts among them."""
    return [
        [
            str(number), f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}", *PARTS[number % len(PARTS)],
            ("AI", "Human", "Other")[number % 3], ("Post-deployment", "Pre-deployment")[number % 2],
            ("Unintentional", "Intentional")[number % 2], f"Made-up incident {number}: “naïve”, späť, 事件",
        ]
        for number in range(1, count + 1)
    ]  # fmt: skip


def written(heading: tuple[str, ...], rows: list[list[str]] | list[tuple[str, ...]]) -> bytes:
    """Return a file as the snapshot's own program writes it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([heading, *rows])
    return out.getvalue().encode()


def aiid_file(count: int) -> bytes:
    """Return a made-up snapshot."""
    return written(AIID_HEADING, aiid_rows(count))


def own_file(*rows: tuple[str, ...]) -> bytes:
    """Return a file in our own format, with one good row unless others are given."""
    return written(OWN_HEADING, list(rows or (OWN_ROW,)))
