"""The core imports nothing of the web, the database or the queue."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
blocked = ("django", "celery", "lastvote", "stakeholders", "deliberation")
for name in blocked:
    sys.modules[name] = None  # importing it now raises ImportError
import importlib, pkgutil
import assessments.scoring
for module in pkgutil.walk_packages(assessments.scoring.__path__, "assessments.scoring."):
    importlib.import_module(module.name)
loaded = [name for name in sys.modules if name.split(".")[0] in blocked and sys.modules[name] is not None]
own = [name for name in sys.modules if name.startswith("assessments.") and not name.startswith("assessments.scoring")]
print(loaded, own, "scipy" in sys.modules)
"""


def test_core_imports_without_django_and_celery():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.stdout, ran.stderr) == ("[] [] False\n", "")
