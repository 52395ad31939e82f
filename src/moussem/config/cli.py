"""`moussem`: the command line of the product."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command under the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings")
    execute_from_command_line(["moussem", *sys.argv[1:]])


if __name__ == "__main__":
    main()
