"""The book against the mails: everybody heard of every answer of theirs, and twice only as the same message."""

import email
import email.policy
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from pathlib import Path

from assessments import receipts
from tests.torture.ledger import Entry

BETWEEN_MAILS = re.compile(r"^-{79}$", re.MULTILINE)
"""What the mailbox of files writes after each mail."""
_RECEIPT = re.compile(r"/weigh/sent/([^/]+)/")

Mail = tuple[str, str]
"""The reference that a mail tells, and its Message-ID."""


def in_folder(folder: Path) -> list[Mail]:
    """Return what the mails in a mailbox of files tell."""
    texts = [part for path in sorted(folder.glob("*")) for part in BETWEEN_MAILS.split(path.read_text())]
    parsed = [email.message_from_string(text.strip(), policy=email.policy.default) for text in texts if text.strip()]
    return [told for mail in parsed for told in told_by(mail)]


def told_by(mail: EmailMessage) -> Iterator[Mail]:
    """Yield the reference that a mail is about; none for mails about something else."""
    body = mail.get_body(preferencelist=("plain",))
    found = _RECEIPT.search(body.get_content() if body else "")
    if found:
        yield found[1], mail["Message-ID"]


def differences(mails: Iterable[Mail], entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one sentence for every answer that nobody was told of, was told of as two, or that the book lacks."""
    told: dict[str, set[str]] = defaultdict(set)
    for receipt, message_id in mails:
        told[receipts.read(receipt) or receipt].add(message_id)
    for entry in entries:
        if entry.receipt:
            messages = told.pop(str(receipts.read(entry.receipt)), set())
            if len(messages) != 1:
                yield f"{entry.kind} {entry.key}: {len(messages)} messages tell of it instead of one"
    for receipt in told:
        yield f"a mail tells of {receipt}, which the book does not know"
