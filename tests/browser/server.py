"""The site that the browser visits, in a process of its own whose clock starts at the world's moment and runs on.

python -m tests.browser.server build FOLDER     makes the database and writes down what is in it
python -m tests.browser.server serve FOLDER     answers requests until standard input is closed
"""

import json
import os
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer

import time_machine

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.browser.settings"
FACTS, PORT = "facts.json", "port"


class Server(ThreadingMixIn, WSGIServer):
    """One thread for each request."""

    daemon_threads = True
    request_queue_size = 64


def build(folder: Path) -> None:
    """Make the world. The file of facts appears when it is complete."""
    from django.core.management import call_command

    from tests.browser import towns

    call_command("migrate", verbosity=0)
    with time_machine.travel(towns.NOW, tick=True):
        facts = towns.build()
    (folder / FACTS).write_text(json.dumps(facts))


def serve(folder: Path) -> None:
    """Answer requests; the chosen port is written down."""
    from django.core.servers.basehttp import WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from tests.browser import towns

    threading.Thread(target=end_with_parent, daemon=True).start()
    with time_machine.travel(towns.NOW, tick=True):
        handler = type("Quiet", (WSGIRequestHandler,), {"log_message": lambda *_arguments: None})
        server = Server(("127.0.0.1", 0), handler)
        server.set_app(get_wsgi_application())
        (folder / PORT).write_text(str(server.server_port))
        server.serve_forever()


def end_with_parent() -> None:
    """Stop once standard input is closed, which happens however the parent ends."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    import django

    django.setup()
    {"build": build, "serve": serve}[sys.argv[1]](Path(sys.argv[2]))
