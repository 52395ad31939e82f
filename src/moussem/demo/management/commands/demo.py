"""`moussem demo`: plays the demonstration into the commons."""

import argparse
import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.domain.demonstration import NotOnLoopback
from moussem.accounts.models import Promoter
from moussem.core.actor import Actor, task_actor
from moussem.demo.domain.credentials import Credential, issue_credentials, open_accounts
from moussem.demo.domain.documents import TextDiffers, attach_articles
from moussem.demo.domain.mapping import refusals
from moussem.demo.domain.season import TASK, found_commons, play_season, season_actor


class Command(BaseCommand):
    """Loads the facts of the five texts and of the tables; a second time changes nothing."""

    help = _("Loads the demonstration: facts of five press texts and six tables. A second time changes nothing.")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folder of full texts, the file for the accounts' tokens, and whether to list the refused rows."""
        parser.add_argument("--articles", type=Path, help=_("folder of the full texts, shown with their spans"))
        parser.add_argument("--credentials", type=Path, help=_("file to write the accounts and their new tokens to"))
        parser.add_argument(
            "--refused",
            action="store_true",
            help=_("only list as JSON each row of the tables that is not loaded, and why"),
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Play, attach, and say what was done; or only list what the tables hold and is not loaded."""
        folder = options["articles"]
        if folder and not folder.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        if options["refused"]:
            self._list_refused()
            return
        at = timezone.now()
        commons = found_commons(at=at)
        by = season_actor(commons)
        self._play(by, at)
        if folder:
            self._attach(by, at, folder)
        self._let_in(commons, at, options["credentials"])

    def _play(self, by: Actor, at: datetime) -> None:
        played = play_season(by=by, at=at)
        if played.new:
            told = _("Loaded: %(documents)d documents, %(figures)d figures, %(statements)d statements.") % {
                "documents": played.documents,
                "figures": played.figures,
                "statements": played.statements,
            }
        else:
            told = _("The demonstration is loaded already; nothing changed.")
        self.stdout.write(told)

    def _attach(self, by: Actor, at: datetime, folder: Path) -> None:
        try:
            count = attach_articles(by=by, at=at, folder=folder)
        except TextDiffers as differs:
            raise CommandError(
                _("%(file)s is not the text the facts were taken from; nothing was attached.") % {"file": differs}
            ) from differs
        self.stdout.write(_("Full texts attached: %(count)d.") % {"count": count})

    def _let_in(self, commons: Promoter, at: datetime, file: Path | None) -> None:
        """Open the role accounts, on this machine only, and write their tokens where asked."""
        by = task_actor(TASK)
        try:
            open_accounts(promoter=commons, by=by, at=at)
            if file:
                self._write_credentials(file, issue_credentials(commons=commons, by=by, at=at))
        except NotOnLoopback as elsewhere:
            told = _(
                "No role accounts: they exist in a demonstration on this machine only"
                " (MOUSSEM_DEMONSTRATION=1 and a loopback MOUSSEM_SITE_URL)."
            )
            if file:
                raise CommandError(told) from elsewhere
            self.stdout.write(told)

    def _write_credentials(self, file: Path, credentials: list[Credential]) -> None:
        text = json.dumps([asdict(credential) for credential in credentials], ensure_ascii=False, indent=1)
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as written:
            written.write(text + "\n")
        self.stdout.write(
            _("Accounts and tokens written to %(file)s: %(count)d.") % {"file": file, "count": len(credentials)}
        )

    def _list_refused(self) -> None:
        rows = [
            {"table": refusal.table, "row": refusal.row, "already": refusal.already, "reason": dict(refusal.reason)}
            for refusal in refusals()
        ]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
