"""The event's own words in the letters to its guests, and the house's where it has none."""

import pytest
from django.core.mail import EmailMultiAlternatives

from moussem.directory.models import Person
from moussem.events.domain.built_in import ready_made
from moussem.events.domain.letters import filled_in
from moussem.events.domain.planning import correct_letters
from moussem.events.enums import EventKind
from moussem.guests.domain.invitations import invite
from moussem.guests.domain.letters import INVITATION, REMINDER
from moussem.guests.domain.targets import target_person
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from moussem.mail.rendering.messages import Envelope, mime_of
from tests.factories.accounts import AT
