"""Every component once, with values as the sources give them: rendered by tests, no route of the product."""

from datetime import date

from django import forms

from moussem.core.components import BarRow, Event, FigureLine, Saying, SourceMark, StatColumn, Step
from moussem.engines.values import period

ECONOMISTE = SourceMark(
    key="economiste-1",
    title="Offshoring et digital, nouvelles stratégies post-Covid-19",
    publisher="L’Économiste",
    published=None,
    paragraph=4,
    quote="ils assureront plus de 3.000 emplois à terme",
    language="fr",
    document_url="#document",
)
LE360 = SourceMark(
    key="le360",
    title="",
    publisher="Le360",
    published=period.day(date(2013, 6, 21)),
    url="https://fr.le360.ma/economie/",
    address_kind="publisher",
)
COPY = SourceMark(
    key="cdg",
    title="Article sur les Rendez-vous de CDG",
    published=period.day(date(2020, 1, 31)),
    address_kind="stored_copy",
    url="https://data-static.example/5827.html",
)
MAGHRESS = SourceMark(
    key="soir",
    title="Agadir Shore",
    publisher="Le Soir",
    published=period.year(2011),
    address_kind="aggregator",
    url="https://www.maghress.com/fr/lesoir/30416",
    found_elsewhere=True,
)
OPEN = period.open_ended("à terme")


def jobs(value, kind, *sources, **more):
    return FigureLine(value=value, unit="jobs", kind=kind, sources=sources, **more)


JOINT = jobs(
    3000,
    "announced",
    ECONOMISTE,
    bound="over",
    horizon=OPEN,
    stated_by="CRI de l’Oriental",
    joint_with=("Notoriety", "Saccom", "Eca groupe", "deux groupes non nommés"),
)
COLUMNS = (
    StatColumn(
        "planned",
        (
            jobs(2000, "planned", ECONOMISTE, horizon=period.year(2020), label="Oriental"),
            jobs(4000, "planned", ECONOMISTE, horizon=period.year(2022), label="Oriental"),
        ),
    ),
    StatColumn("announced", (JOINT, jobs(800, "announced", LE360, bound="at_most", label="Intelcia", horizon=OPEN))),
    StatColumn("reported", (jobs(200, "reported", COPY, period=period.month(2020, 1), scope="direct"),)),
    StatColumn("verified", note="Personne n’a encore compté."),
)
BARS = (
    BarRow(
        "Casanearshore", jobs(30000, "announced", LE360, horizon=OPEN), jobs(30000, "reported", COPY), "Casablanca", 100
    ),
    BarRow(
        "Fès Shore",
        jobs(10000, "announced", MAGHRESS, bound="about", horizon=period.year(2015)),
        jobs(2000, "reported", COPY, period=period.month(2020, 1)),
        "Fès",
        20,
        "#fes",
    ),
    BarRow(
        "Oujda Shore",
        jobs(1200, "planned", LE360, horizon=OPEN, scope="direct"),
        jobs(200, "observed", COPY),
        "Oujda",
        17,
    ),
    BarRow("Agadir Shore", jobs(5000, "announced", MAGHRESS, horizon=OPEN), None, "Agadir"),
)
EVENTS = (
    Event(
        "Démarrage à Oujda Shore",
        "building-2",
        period.month(2020, 8),
        "« Dès le mois prochain », dit son PDG",
        ahead=True,
        inferred=True,
        sources=(ECONOMISTE,),
    ),
    Event(
        "17e SICCAM, Oujda",
        "handshake",
        period.span(date(2020, 7, 10), date(2020, 7, 11)),
        "",
        "#siccam",
        "ours",
        figures=(jobs(1000, "announced", ECONOMISTE, horizon=OPEN), JOINT),
    ),
    Event(
        "Fonds du Conseil régional",
        "landmark",
        None,
        "Enveloppe annoncée",
        figures=(
            FigureLine(55_000_000, "MAD", "reported", sources=(ECONOMISTE,)),
            FigureLine(None, "jobs", "verified"),
        ),
    ),
)
STEPS = (
    Step("Ciblé", "sans liste"),
    Step("Invité", "17e SICCAM", "part"),
    Step("Rencontré", "10-11 juillet 2020", "done"),
    Step("Signé", "rien d’indiqué"),
    Step("Financé", "rien d’indiqué"),
    Step("Implanté", "annoncé, août 2020", "wait"),
    Step("Compté", "aucune déclaration", "wait"),
)


class InvestmentForm(forms.Form):
    """A form with every sort of field, sent wrongly."""

    jobs = forms.IntegerField(label="Emplois à créer", help_text="Sur le projet entier.", min_value=20)
    park = forms.ChoiceField(label="Parc", choices=[("oujda", "Oujda Shore")], required=False)
    mode = forms.ChoiceField(
        label="Présence", choices=[("here", "Sur place"), ("far", "À distance")], widget=forms.RadioSelect
    )
    news = forms.BooleanField(label="Me prévenir", required=False)
    words = forms.CharField(label="Objet", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def gallery():
    """The context of `gallery.html`."""
    form = InvestmentForm({"jobs": "15", "words": "Centre d’appels"})
    return {
        "columns": COLUMNS,
        "bars_rows": BARS,
        "events": EVENTS,
        "steps": STEPS,
        "joint": JOINT,
        "kinds": ("planned", "announced", "contracted", "reported", "declared", "verified", "observed"),
        "land": (
            Saying(FigureLine(20, "ha", "reported", "about", sources=(ECONOMISTE,), period=period.month(2020, 12))),
            Saying(FigureLine(22, "ha", "planned", sources=(MAGHRESS,), period=period.year(2010))),
        ),
        "opening": (
            Saying(words="déjà installée", note="citée parmi les entités", sources=(ECONOMISTE,)),
            Saying(words="dès le mois prochain", note="dit son PDG", sources=(ECONOMISTE,)),
        ),
        "figures": (
            FigureLine(11, "percent", "reported", "about", sources=(ECONOMISTE,)),
            FigureLine(30, "rank", "reported", "at_most"),
            FigureLine(6000, "MAD_per_job", "reported", sources=(MAGHRESS,)),
            FigureLine(7500, "m2", "observed"),
            FigureLine(20, "participants", "planned", "range", 30),
            FigureLine(None, "jobs", "declared"),
        ),
        "form": form,
        "texts": {"fr": "Texte français", "ar": "نص"},
        "arabic": {"ar": "لقاءات وجدة"},
    }
