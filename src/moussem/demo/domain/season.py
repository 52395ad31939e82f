"""Playing the whole season into the commons, once: documents first, then who and where, then what is said of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.core.actor import Actor, task_actor
from moussem.demo.domain.directory import (
    play_establishments,
    play_matches,
    play_organisations,
    play_people,
    play_places,
    play_taxonomies,
)
from moussem.demo.domain.documents import play_documents, play_silences
from moussem.demo.domain.facts import play_contradictions, play_text_facts
from moussem.demo.domain.gatherings import play_gatherings
from moussem.demo.domain.mapping import Refusal, refusals
from moussem.demo.domain.programmes import play_programmes, play_rules_and_awards
from moussem.demo.domain.reading import texts
from moussem.demo.domain.signed import play_agreements, play_next_steps, play_projects
from moussem.demo.domain.stage import Stage
from moussem.demo.domain.tables import play_tables
from moussem.evidence.models import Document

COMMONS = "commons"
TASK = "demonstration"

_ACTS = (
    play_documents,
    play_places,
    play_organisations,
    play_people,
    play_establishments,
    play_taxonomies,
    play_gatherings,
    play_agreements,
    play_programmes,
    play_projects,
    play_text_facts,
    play_tables,
    play_rules_and_awards,
    play_next_steps,
    play_contradictions,
    play_silences,
    play_matches,
)


@dataclass(frozen=True, slots=True)
class Played:
    """What a playing did: whether anything was new, how much of each, and which rows were refused."""

    new: bool
    documents: int = 0
    figures: int = 0
    statements: int = 0
    refused: tuple[Refusal, ...] = ()


def found_commons(*, at: datetime) -> Promoter:
    """The commons promoter, founded if it is not there yet."""
    commons = Promoter.objects.filter(kind=PromoterKind.COMMONS).first()
    return commons or create_promoter(
        slug=COMMONS, name="Fonds commun", kind=PromoterKind.COMMONS, by=task_actor(TASK), at=at
    )


def season_actor(commons: Promoter) -> Actor:
    """The background work that plays the season in the commons."""
    return task_actor(TASK, promoter_pk=commons.pk, promoter_key=commons.key)


@transaction.atomic
def play_season(*, by: Actor, at: datetime) -> Played:
    """Play everything, all or nothing; where the texts are there already nothing changes and `new` is False."""
    keys = [text["document"]["key"] for text in texts()]
    if Document.objects.filter(promoter=by.promoter_pk, key__in=keys).exists():
        return Played(new=False, refused=tuple(refusals()))
    stage = Stage(by=by, at=at)
    for act in _ACTS:
        act(stage)
    return Played(
        new=True,
        documents=len(stage.documents),
        figures=len(stage.figures),
        statements=len(stage.statements),
        refused=tuple(refusals()),
    )
