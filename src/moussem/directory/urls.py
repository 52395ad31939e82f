"""Addresses of the directory: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.directory.views import desk, desk_imports, desk_matches, desk_members, desk_people, desk_ties, public

public_patterns = (
    [
        path("organisations/", public.organisations, name="organisations-list"),
        path("organisations/<uuid:organisation>/", public.organisation, name="organisations-page"),
        path("organisations/<uuid:organisation>/members/", public.members, name="organisations-members"),
        path("people/", public.people, name="people-list"),
        path("people/<uuid:person>/", public.person, name="people-page"),
        path("parks/", public.parks, name="parks-list"),
        path("parks/<uuid:park>/", public.park, name="parks-page"),
        path("places/<uuid:place>/", public.place, name="places-page"),
    ],
    "directory",
)

_ORGANISATION = "organisations/<uuid:organisation>/"
_PERSON = "people/<uuid:person>/"
_LIST = "imports/<uuid:imported_list>/"
desk_patterns = (
    [
        path("organisations/", desk.organisations, name="organisations-list"),
        path("organisations/new/", desk.new_organisation, name="organisations-new"),
        path(_ORGANISATION, desk.organisation, name="organisations-page"),
        path(f"{_ORGANISATION}correct/", desk.correct, name="organisations-correct"),
        path(f"{_ORGANISATION}names/", desk.new_alias, name="organisations-alias"),
        path(f"{_ORGANISATION}branches/", desk.branches, name="organisations-branches"),
        path(f"{_ORGANISATION}establishments/", desk.new_establishment, name="organisations-establish"),
        path(f"{_ORGANISATION}publish/", desk.publish, name="organisations-publish"),
        path(f"{_ORGANISATION}representatives/", desk.new_representation, name="organisations-represent"),
        path("representations/<uuid:representation>/end/", desk.end, name="organisations-end"),
        path(f"{_ORGANISATION}members/", desk_members.members, name="organisations-members"),
        path(f"{_ORGANISATION}members/new/", desk_members.new_member, name="organisations-member"),
        path("memberships/<uuid:membership>/correct/", desk_members.correct, name="memberships-correct"),
        path("memberships/<uuid:membership>/end/", desk_members.end, name="memberships-end"),
        path(f"{_ORGANISATION}antennas/new/", desk_members.new_antenna, name="antennas-new"),
        path("antennas/<uuid:antenna>/close/", desk_members.close, name="antennas-close"),
        path(f"{_ORGANISATION}shared/", desk_ties.tie, name="organisations-tie"),
        path(f"{_ORGANISATION}own/", desk_ties.own, name="organisations-own"),
        path("ground/", desk_ties.ground, name="ground"),
        path("parks/<uuid:park>/publish/", desk_ties.publish_park, name="parks-publish"),
        path("places/<uuid:place>/publish/", desk_ties.publish_place, name="places-publish"),
        path("parks/new/", desk.new_park, name="organisations-park"),
        path("places/new/", desk.new_place, name="organisations-place"),
        path("people/", desk_people.people, name="people-list"),
        path("people/new/", desk_people.new_person, name="people-new"),
        path(_PERSON, desk_people.person, name="people-page"),
        path(f"{_PERSON}correct/", desk_people.correct, name="people-correct"),
        path(f"{_PERSON}contact/", desk_people.contact, name="people-contact"),
        path(f"{_PERSON}own/", desk_people.own, name="people-own"),
        path(f"{_PERSON}roles/", desk_people.new_role, name="people-role"),
        path(f"{_PERSON}answers/", desk_people.new_consent, name="people-consent"),
        path(f"{_PERSON}publish/", desk_people.publish, name="people-publish"),
        path("imports/", desk_imports.imports, name="imports-list"),
        path("imports/new/", desk_imports.new_import, name="imports-new"),
        path(_LIST, desk_imports.imported_list, name="imports-page"),
        path(f"{_LIST}columns/", desk_imports.columns, name="imports-columns"),
        path(f"{_LIST}manner/", desk_imports.manner, name="imports-manner"),
        path(f"{_LIST}answers/", desk_imports.answers, name="imports-answers"),
        path(f"{_LIST}write/", desk_imports.write, name="imports-write"),
        path(f"{_LIST}drop/", desk_imports.drop, name="imports-drop"),
        path(f"{_LIST}undo/", desk_imports.undo, name="imports-undo"),
        path("matches/", desk_matches.matches, name="matches-list"),
        path("matches/search/", desk_matches.search, name="matches-search"),
        path("matches/<uuid:match>/decide/", desk_matches.decide, name="matches-decide"),
    ],
    "directory_desk",
)
