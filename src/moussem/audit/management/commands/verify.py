"""`moussem verify [--promoter SLUG_OR_KEY] [--json]`: walk the ledger's chains and say whether they hold."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from moussem.audit.domain.verification import (
    ChainReport,
    chain_keys,
    orphaned_payloads,
    record_verification,
    verify_chain,
)


class Command(BaseCommand):
    """Verify the ledger; ends with status 1 where anything is not as it was sealed."""

    help = "Verify the ledger: every entry, payload, head and kept head. Exit status 1 on a fault."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer one chain instead of all, and JSON instead of lines."""
        parser.add_argument(
            "--promoter", help="only this promoter's chain, by its public identifier; '' for the installation's"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, print, note the outcome, and fail on a fault."""
        chosen = options["promoter"]
        keys = chain_keys() if chosen is None else [chosen]
        reports = []
        for key in keys:
            report = verify_chain(key)
            record_verification(report=report, at=timezone.now())
            reports.append(report)
            if not options["json"]:
                self._tell(report)
        orphans = orphaned_payloads() if chosen is None else 0
        if options["json"]:
            found = {"chains": [asdict(report) for report in reports], "orphaned_payloads": orphans}
            self.stdout.write(json.dumps(found, indent=1))
        elif orphans:
            self.stdout.write(f"FAULT payloads without an entry: {orphans}")
        if orphans or any(not report.holds for report in reports):
            raise SystemExit(1)

    def _tell(self, report: ChainReport) -> None:
        name = report.promoter_key or "installation"
        told = "holds" if report.holds else f"{report.fault_count} FAULTS"
        self.stdout.write(f"{name}: {told}; {report.sealed} sealed, {report.unsealed} not sealed yet")
        for entry in report.erased:
            self.stdout.write(f"  erased: payload of entry {entry}")
        for fault in report.faults:
            where = f"position {fault.position}" if fault.position is not None else "chain"
            self.stdout.write(f"  FAULT {where}: {fault.what}: {fault.detail}")
