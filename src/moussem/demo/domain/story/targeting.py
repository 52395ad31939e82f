"""Why the guests of the gathering to come are on its list: what it looks for, what is known of the invented firms and
people, the four questions, sources and grounds. Everybody here is an example; no real person ever gets a score.
"""

from collections.abc import Sequence

from moussem.accounts.models import User
from moussem.demo.domain.story.cast import Cast
from moussem.directory.domain.organisations import establish, name_branches
from moussem.directory.domain.people import Contact, affiliate, record_contact
from moussem.directory.domain.places import add_place
from moussem.directory.domain.taxonomies import add_taxonomy
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Person, Place
from moussem.events.models import Event
from moussem.guests.domain.criteria import Draft, add_criterion
from moussem.guests.domain.judging import answer_criteria
from moussem.guests.domain.prequalification import prequalify
from moussem.guests.domain.queries.facts import phrase
from moussem.guests.domain.targets import Aim, correct_target
from moussem.guests.enums import ContactOrigin, CriterionField, LegalBasis, PrequalificationQuestion, Verdict
from moussem.guests.models import Criterion, Target

BRANCHES = (
    ("DEV", {"fr": "Développement (exemple)", "en": "Development (example)"}),
    ("BACK", {"fr": "Gestion pour le compte d’autrui (exemple)", "en": "Back office (example)"}),
    ("TEL", {"fr": "Relation client (exemple)", "en": "Customer relations (example)"}),
)
OF_FIRMS = ((0,), (0, 1), (1,), (2,), (0, 2))
"""The lines of business of the first firms; nobody says any of the last two."""
ROLES = (
    {"fr": "Directeur général (exemple)", "en": "Managing director (example)"},
    {"fr": "Directrice informatique (exemple)", "en": "IT director (example)"},
    {"fr": "Responsable des achats (exemple)", "en": "Head of purchasing (example)"},
    {},
)
REASONS = (
    "Dirige une activité de services qui recrute (exemple)",
    "A visité le parc et posé des questions sur les délais (exemple)",
    "Recommandé par un invité de la rencontre passée (exemple)",
)
ORIGINS = (
    (ContactOrigin.WORD, "Carte de visite remise à la rencontre passée (exemple)", LegalBasis.CONSENT),
    (ContactOrigin.DOCUMENT, "Annuaire public de la profession (exemple)", LegalBasis.PUBLIC_SOURCE),
    (ContactOrigin.DIRECTORY, "Membre de l’association (exemple)", LegalBasis.CONTRACT),
    (ContactOrigin.WORD, "Recommandation d’un confrère (exemple)", LegalBasis.LEGITIMATE_INTEREST),
)
YES, PARTLY, NO, CANNOT_SAY = Verdict.YES, Verdict.PARTLY, Verdict.NO, Verdict.CANNOT_SAY
INTEREST = (
    (YES, "L’a dit au téléphone (exemple)"),
    (PARTLY, "Y pense pour l’an prochain (exemple)"),
    (NO, "Vient de signer ailleurs (exemple)"),
    (None, ""),
)
ANSWERS: Sequence[Sequence[tuple[Verdict | None, str]]] = (
    ((YES, "Cherche où ouvrir un centre (exemple)"), (YES, "120 postes (exemple)"), (YES, "Avant l’été (exemple)"),
     (YES, "Signe elle-même (exemple)")),
    ((YES, "Même métier que nos filières (exemple)"), (YES, ""), (CANNOT_SAY, "Attend son budget (exemple)"),
     (PARTLY, "Viendra avec son directeur (exemple)")),
    ((PARTLY, "Une partie de l’activité seulement (exemple)"), (NO, "Pas de besoin cette année (exemple)"), (None, ""),
     (None, "")),
)  # fmt: skip
ASKED = 16
"""How many of the list, from the first on, were asked the four questions."""


def play_targeting(cast: Cast, event: Event) -> None:
    """Six criteria, what the directory and the team know, and the four questions for the first sixteen of the list."""
    elsewhere = _know_firms(cast)
    rows = Target.objects.filter(event=event).select_related("event__promoter", "person__owner", "organisation")
    targets = list(rows.select_related("guest_kind", "owner").order_by("pk"))
    for number, target in enumerate(targets):
        _know_person(cast, target, number)
    interest = _look_for(cast, event, elsewhere)
    for number, target in enumerate(targets):
        _say(cast, target, number, interest)


def _know_firms(cast: Cast) -> Place:
    """The lines of business of five firms, and the other town in which three of them are; answers that town."""
    by, at = cast.team, cast.ago(9)
    name = {"fr": "Métiers (exemple)", "en": "Lines of business (example)"}
    branches = list(add_taxonomy(by=by, at=at, key="exemple", name=name, branches=BRANCHES).branches.order_by("pk"))
    for firm, numbers in zip(cast.firms, OF_FIRMS, strict=False):
        name_branches(by=by, at=at, organisation=firm, branches=[branches[number] for number in numbers])
    elsewhere = add_place(
        by=by, at=at, kind=PlaceKind.CITY, name={"fr": "Autre ville (exemple)", "en": "Other town (example)"}
    )
    for firm in cast.firms[1:4]:
        establish(by=by, at=at, organisation=firm, place=elsewhere)
    return elsewhere


def _know_person(cast: Cast, target: Target, number: int) -> None:
    """The role and the language of one guest, where the contact comes from, on which ground, and who looks after it."""
    by, at = cast.team, cast.ago(8)
    person, role = target.person, ROLES[number % len(ROLES)]
    if role and target.organisation is not None:
        affiliate(by=by, at=at, person=person, organisation=target.organisation, role=role)
    _speak(cast, person, "fr" if number % 5 else "")
    origin, words, basis = ORIGINS[number % len(ORIGINS)]
    owner = target.owner if number % 3 else User.objects.get(public_id=cast.second.id)
    aim = Aim(target.guest_kind, REASONS[number % len(REASONS)], owner, basis, origin, words)
    correct_target(by=by, at=at, target=target, read_version=target.version, aim=aim)


def _speak(cast: Cast, person: Person, language: str) -> None:
    if language:
        contact = Contact(person.email, person.phone, language, person.contact_source)
        record_contact(by=cast.team, at=cast.ago(8), person=person, read_version=person.version, contact=contact)


def _look_for(cast: Cast, event: Event, elsewhere: Place) -> Criterion:
    """What the list looks for; answers the question that only people answer."""
    codes = [{"key": code, "label": name} for code, name in BRANCHES[:2]]
    place = {"key": str(elsewhere.public_id), "label": elsewhere.name, "country": str(elsewhere.public_id)}
    roles = [{"key": phrase(words), "label": words} for words in ("directeur général", "directrice informatique")]
    drafts = (
        Draft(CriterionField.BRANCH, 30, values=tuple(codes)),
        Draft(CriterionField.ROLE, 20, values=tuple(roles)),
        Draft(CriterionField.SIZE, 15, low=100),
        Draft(CriterionField.PRESENCE, 10, values=(place,)),
        Draft(CriterionField.LANGUAGE, 5, values=({"key": "fr", "label": "fr"},)),
    )
    for draft in drafts:
        add_criterion(by=cast.team, at=cast.ago(7), event=event, draft=draft)
    asked = Draft(CriterionField.QUESTION, 30, question="A dit vouloir ouvrir un site dans la région (exemple)")
    return add_criterion(by=cast.team, at=cast.ago(7), event=event, draft=asked)


def _say(cast: Cast, target: Target, number: int, interest: Criterion) -> None:
    """What the team knows of one guest: the interest they told us of, and the four questions where they were asked."""
    by, at = (cast.team, cast.ago(4)) if number % 2 else (cast.second, cast.ago(3))
    told = INTEREST[number % len(INTEREST)]
    if told[0]:
        answer_criteria(by=by, at=at, target=target, read_version=target.version, said={interest: told})
    if number >= ASKED:
        return
    answers = ANSWERS[number % len(ANSWERS)]
    said = dict(zip(PrequalificationQuestion, answers, strict=True))
    prequalify(by=by, at=at, target=target, read_version=target.version, said=said)
