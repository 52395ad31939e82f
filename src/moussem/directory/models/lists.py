"""Lists of people from files: what was dropped, what was read of it, and what came of it."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from moussem.accounts.enums import Role
from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import StoredFile
from moussem.directory.enums import ImportState


class ImportedListQuerySet(TenantQuerySet):
    """Lists as an actor may see them: they hold contacts, which are open to their account owner and administrators."""

    def sight(self, actor: Actor) -> Q:
        """The promoter's, for its administrator and its own work; one's own, for whoever dropped the file."""
        own = self.own(actor)
        if actor.kind == "task" or actor.has_role(Role.PROMOTER_ADMINISTRATOR):
            return own
        try:
            return own & Q(owner__public_id=UUID(actor.id))
        except ValueError:
            return Q(pk__in=())


class ImportedList(TenantRow):
    """A file with people that somebody dropped. `object_kind` and `object_key` say what it is for ("": the directory
    alone).

    `sheets` tells of each sheet its name, the row of its headings and what each column holds; `chosen` what a person
    said of the columns instead, by sheet; `manner` what a person said of the encoding and the delimiter of a text
    (empty: as it looks). `refusal` says why and where a file was not read, `counts` how many rows are what, `outcome`
    what came of writing or undoing it, `made` the inner keys of organisations that it brought, `stamp` how the
    directory stood when the rows were compared with it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="imported_lists"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=200)
    object_kind = models.CharField(max_length=40, blank=True)
    object_key = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READING)
    sheets = models.JSONField(default=list, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    manner = models.JSONField(default=dict, blank=True)
    refusal = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=list, blank=True)
    stamp = models.CharField(max_length=200, blank=True, editable=False)
    leaves_out = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportedListQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("object_kind", "object_key"), name="imported_list_object"),)

    def __str__(self) -> str:
        return self.filename


class ImportedRows(models.Model):
    """Some hundred rows of a list together, in order: what each says, what is wrong with it, and whom it is taken for.

    A row is {sheet, row, name, email, ..., faults, verdict, person, why, answer}; once written also {made, tie,
    filled}.
    """

    imported_list = models.ForeignKey(ImportedList, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("imported_list", "position"), name="imported_rows_once"),)


class RememberedHeading(TenantRow):
    """What the columns under a heading hold, as somebody of the promoter said ("": they are left out)."""

    heading = models.CharField(max_length=120)
    column = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("promoter", "heading"), name="heading_once"),)
