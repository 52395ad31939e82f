"""Each rule finds the fault planted for it, at its line, and is silent on the innocent twin beside it."""

import pytest

from tests.architecture.planting import plant
from tests.architecture.rules import jobs, names, pages, rooms, upward

FAULTS = {
    "a string foreign key upward": (
        upward.strings_upward,
        "evidence/models/figures.py",
        'project = models.ForeignKey("projects.Project", on_delete=models.PROTECT)',
        'promoter = models.ForeignKey("accounts.Promoter", on_delete=models.PROTECT)',
    ),
    "a string naming a module of a higher app": (
        upward.strings_upward,
        "core/tasks.py",
        'import_string("moussem.projects.domain.projects.open_project")',
        'import_string("moussem.core.jobs.enqueue")',
    ),
    "an address of a higher app in code": (
        upward.strings_upward,
        "directory/views/public.py",
        'url = reverse("projects:detail", args=[key])',
        'url = reverse("evidence:document", args=[key])',
    ),
    "a template of a higher app in code": (
        upward.strings_upward,
        "evidence/views/public.py",
        'render(request, "observatory/public/dossier.html")',
        'render(request, "core/public.html")',
    ),
    "a template naming a higher app's address": (
        upward.templates_upward,
        "directory/templates/directory/public/park.html",
        "<a href=\"{% url 'projects:detail' project.public_id %}\">",
        "<a href=\"{% url 'evidence:document' document.public_id %}\">",
    ),
    "a template including a higher app's template": (
        upward.templates_upward,
        "core/templates/core/base.html",
        '{% include "desk/way.html" %}',
        '{% include "core/empty.html" %}',
    ),
    "django.http in domain": (
        rooms.http_below_the_views,
        "guests/domain/invitations.py",
        "from django.http import Http404",
        "from django.db import transaction",
    ),
    "a request in domain": (
        rooms.http_below_the_views,
        "guests/domain/invitations.py",
        "def invite(request): ...",
        "def invite(*, guest, by, at): ...",
    ),
    "a form in domain": (
        rooms.http_below_the_views,
        "guests/domain/queries/lists.py",
        "from django import forms",
        "from django import db",
    ),
    "the clock in domain": (
        rooms.clocks_in_domain,
        "guests/domain/invitations.py",
        "sent_at = timezone.now()",
        "sent_at = at",
    ),
    "the clock as a default in domain": (
        rooms.clocks_in_domain,
        "guests/domain/invitations.py",
        "from django.utils.timezone import now",
        "from datetime import datetime",
    ),
    "the clock in an engine": (
        rooms.clocks_in_domain,
        "engines/values/period.py",
        "today = date.today()",
        "today = date(2020, 7, 10)",
    ),
    "a model signal": (
        rooms.model_signals,
        "projects/receivers.py",
        "from django.db.models.signals import post_save",
        "from django.db.backends.signals import connection_created",
    ),
    "a model signal by its module": (
        rooms.model_signals,
        "projects/receivers.py",
        "models.signals.post_save.connect(count)",
        "backends.signals.connection_created.connect(count)",
    ),
    "a view without a permission": (
        rooms.views_without_a_door,
        "guests/views/desk.py",
        "def guest_list(request, promoter): ...",
        "@door(audience=STAFF, permission=can_invite)\ndef guest_list(request, promoter): ...",
    ),
    "a view as a class": (
        rooms.views_without_a_door,
        "guests/views/desk.py",
        "class Guests(ListView): ...",
        "class Row: ...",
    ),
    "rows reached past visible_to in a view": (
        rooms.rows_reached_another_way,
        "guests/views/desk.py",
        "rows = Guest.objects.filter(promoter=promoter)",
        "rows = Guest.objects.visible_to(request.actor).filter(promoter=promoter)",
    ),
    "rows reached past visible_to in the API": (
        rooms.rows_reached_another_way,
        "api/figures.py",
        "rows = models.Figure.objects.all()",
        "rows = models.Figure.objects.visible_to(actor)",
    ),
    "code that is not written yet": (
        rooms.unfinished_code,
        "guests/domain/badges.py",
        "raise NotImplementedError('badges')",
        "raise BadgeTaken(badge)",
    ),
    "a class with a name that says nothing": (
        names.forbidden_names,
        "guests/domain/badges.py",
        "class BadgeManager: ...",
        "class BadgeManagement: ...",
    ),
    "a function with a name that says nothing": (
        names.forbidden_names,
        "guests/domain/badges.py",
        "def process_badge(): ...",
        "class Door:\n    def process_view(self, request): ...",
    ),
    "a function that does": (names.forbidden_names, "guests/domain/badges.py", "def do_scan(): ...", "def dose(): ..."),
    "a public function without a docstring": (
        names.missing_docstrings,
        "guests/domain/badges.py",
        '"""Badges."""\ndef scan(): ...',
        '"""Badges."""\ndef _scan(): ...',
    ),
    "a module without a docstring": (
        names.missing_docstrings,
        "guests/domain/badges.py",
        "LIMIT = 3",
        '"""Badges."""\nLIMIT = 3',
    ),
    "a docstring that is the name again": (
        names.missing_docstrings,
        "guests/domain/badges.py",
        '"""Badges."""\ndef scan_badge():\n    """Scan badge."""',
        '"""Badges."""\ndef scan_badge():\n    """Admit the bearer once."""',
    ),
    "a verb whose actor goes by position": (
        names.verbs_by_position,
        "guests/domain/badges.py",
        "def scan(badge, by, at): ...",
        "def scan(badge, *, by, at): ...",
    ),
    "an inline script": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        "<script>print()</script>",
        '<script src="/static/badge.js"></script>',
    ),
    "an inline style sheet": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        "<style>p { color: red }</style>",
        "<p>style</p>",
    ),
    "a style attribute": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        '<p\n  class="x" style="color: red">',
        '<p class="style">',
    ),
    "an event attribute": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        '<a href="#" onclick="go()">',
        '<a href="#" class="on">',
    ),
    "text printed unescaped": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        "{{ guest.label|safe }}",
        "{{ guest.label|say }}",
    ),
    "an inner key in a page": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        "{{ guest.pk }}",
        "{{ guest.public_id }}",
    ),
    "a language marked in a title": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        '{% block title %}{% translate "Badge" %} · {% say event.name %}{% endblock %}',
        "{% block title %}{{ event.name|said }}{% endblock %}<h1>{% say event.name %}</h1>",
    ),
    "a language marked in an attribute": (
        pages.inline_or_unescaped,
        "guests/templates/guests/guest/badge.html",
        '<p aria-label="{% say event.name %}">',
        '<p class="m-hint">{% say event.name %}</p>',
    ),
    "a numeric address": (
        pages.numeric_addresses,
        "guests/urls.py",
        'urlpatterns = [path("guests/<int:pk>/", view)]',
        'urlpatterns = [path("guests/<uuid:key>/<int:year>/", view)]',
    ),
    "a numeric address as an expression": (
        pages.numeric_addresses,
        "guests/urls.py",
        'urlpatterns = [re_path(r"^guests/(?P<pk>\\d+)/$", view)]',
        'urlpatterns = [re_path(r"^guests/(?P<key>[a-f0-9-]+)/$", view)]',
    ),
    "a job without a runner": (
        jobs.jobs_and_runners,
        "guests/domain/invitations.py",
        'enqueue("guests.send", key="1")',
        'enqueue("guests.send", key="1")\n@runner("guests.send")\ndef send(): ...',
    ),
    "a runner without a job": (
        jobs.jobs_and_runners,
        "guests/tasks.py",
        '@runner("guests.send")\ndef send(): ...',
        '@every("guests.sweep", seconds=60)\ndef sweep(): ...',
    ),
    "a job whose name is computed": (
        jobs.jobs_and_runners,
        "guests/domain/invitations.py",
        'enqueue(name_of(guest), key="1")',
        'notify(name_of(guest), key="1")',
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path, fault):
    rule, name, planted, _ = FAULTS[fault]
    house = plant(tmp_path, {name: planted})
    assert {found.path for found in rule(house)} == {name}


@pytest.mark.parametrize("fault", FAULTS)
def test_its_innocent_twin_is_left_alone(tmp_path, fault):
    rule, name, _, innocent = FAULTS[fault]
    assert rule(plant(tmp_path, {name: innocent})) == []


def test_a_file_of_501_lines_is_too_long_and_one_of_500_is_not(tmp_path):
    house = plant(tmp_path, {"guests/domain/long.py": "x = 1\n" * 501, "guests/domain/fits.py": "x = 1\n" * 500})
    assert [str(fault) for fault in rooms.long_files(house)] == ["guests/domain/long.py:501: has 501 lines"]


def test_a_module_called_utils_is_found_by_its_name(tmp_path):
    house = plant(tmp_path, {"guests/utils.py": '"""Guests."""'})
    assert [str(fault) for fault in names.forbidden_names(house)] == ["guests/utils.py:1: the name utils says nothing"]


def test_a_package_called_helpers_is_found_once(tmp_path):
    house = plant(tmp_path, {"guests/helpers/lists.py": '"""Lists."""'})
    assert [fault.path for fault in names.forbidden_names(house)] == ["guests/helpers/__init__.py"]


def test_a_template_loading_the_tags_of_a_higher_app_is_found(tmp_path):
    house = plant(
        tmp_path,
        {
            "desk/templatetags/today.py": "",
            "core/templatetags/moussem.py": "",
            "mail/templates/mail/desk/outbox.html": "{% load moussem %}\n{% load i18n today %}",
        },
    )
    assert [str(fault) for fault in upward.templates_upward(house)] == [
        "mail/templates/mail/desk/outbox.html:2: loads tags of the higher app desk"
    ]


def test_two_runners_for_one_job_are_found(tmp_path):
    twice = '@runner(Job.SEND)\ndef send(): ...\n@runner("guests.send")\ndef send_too(): ...'
    files = {
        "guests/enums.py": 'class Job(StrEnum):\n    SEND = "guests.send"',
        "guests/domain/invitations.py": "jobs.enqueue(enums.Job.SEND, key=key)",
        "guests/tasks.py": twice,
    }
    faults = [str(fault) for fault in jobs.jobs_and_runners(plant(tmp_path, files))]
    assert faults == ["guests/tasks.py:3: two runners for the job guests.send"]
