"""The core is plain Python."""

import subprocess
import sys

SCRIPT = """
import pkgutil, sys
import loans.core
for module in pkgutil.walk_packages(loans.core.__path__, "loans.core."):
    __import__(module.name)
assert len([name for name in sys.modules if name.startswith("loans.core.")]) > 15
assert "django" not in sys.modules
"""


def test_the_core_imports_no_django() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
