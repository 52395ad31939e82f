"""Addresses of agreements: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.agreements.views import desk, public

public_patterns = (
    [
        path("agreements/", public.agreements, name="agreements-list"),
        path("agreements/<uuid:agreement>/", public.agreement, name="agreements-page"),
    ],
    "agreements",
)

_AGREEMENT = "agreements/<uuid:agreement>/"
_LINE = f"{_AGREEMENT}promises/<uuid:obligation>/"
desk_patterns = (
    [
        path("agreements/", desk.agreements, name="agreements-list"),
        path("agreements/new/", desk.new_agreement, name="agreements-new"),
        path(_AGREEMENT, desk.agreement, name="agreements-page"),
        path(f"{_AGREEMENT}correct/", desk.correct, name="agreements-correct"),
        path(f"{_AGREEMENT}parties/new/", desk.party, name="agreements-party"),
        path(f"{_AGREEMENT}promises/new/", desk.obligation, name="agreements-obligation"),
        path(f"{_LINE}correct/", desk.correct_line, name="agreements-correct-line"),
        path(f"{_LINE}amend/", desk.amend_line, name="agreements-amend-line"),
        path(f"{_AGREEMENT}sign/", desk.sign, name="agreements-sign"),
        path(f"{_AGREEMENT}end/", desk.end, name="agreements-end"),
        path(f"{_AGREEMENT}cite/", desk.cite, name="agreements-cite"),
        path(f"{_AGREEMENT}publish/", desk.publish, name="agreements-publish"),
    ],
    "agreements_desk",
)
