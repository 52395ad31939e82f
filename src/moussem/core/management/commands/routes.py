"""`moussem routes [--json]`: the table of every address, whom it is for and what opens it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from moussem.core.routes import routes


class Command(BaseCommand):
    """Print the route table."""

    help = "Print every route: pattern, name, methods, audience, permission."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer JSON beside the plain table."""
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table to standard output."""
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in found], indent=1))
            return
        for route in found:
            self.stdout.write(
                f"{'|'.join(route.methods):16} /{route.pattern:60} {route.audience:14} {route.permission} {route.name}"
            )
