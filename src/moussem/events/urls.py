"""Addresses of events: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.events.views import cancelling, desk, minutes, missions, programme, public, templates

public_patterns = (
    [
        path("events/", public.events, name="events-list"),
        path("events/<uuid:event>/", public.event, name="events-page"),
        path("events/<uuid:event>/agenda/", public.agenda, name="events-agenda"),
        path("events/<uuid:event>/agenda.json", public.agenda_feed, name="events-agenda-json"),
        path("events/<uuid:event>/agenda.ics", public.agenda_calendar, name="events-agenda-ics"),
        path("series/<uuid:series>/", public.series, name="events-series"),
    ],
    "events",
)

_EVENT = "events/<uuid:event>/"
desk_patterns = (
    [
        path("events/", desk.events, name="events-list"),
        path("events/new/", desk.new_event, name="events-new"),
        path("events/templates/", templates.templates, name="events-templates"),
        path("events/templates/copy/", templates.copy, name="events-template-copy"),
        path("events/templates/<uuid:template>/", templates.template, name="events-template"),
        path("events/templates/<uuid:template>/withdraw/", templates.withdraw, name="events-template-withdraw"),
        path(_EVENT, desk.event, name="events-home"),
        path(f"{_EVENT}letters/", templates.letters, name="events-letters"),
        path(f"{_EVENT}next/", templates.next_one, name="events-next"),
        path(f"{_EVENT}edit/", desk.edit, name="events-edit"),
        path(f"{_EVENT}publish/", desk.publish, name="events-publish"),
        path(f"{_EVENT}unpublish/", desk.unpublish, name="events-unpublish"),
        path(f"{_EVENT}cancel/", cancelling.cancel, name="events-cancel"),
        path(f"{_EVENT}restore/", cancelling.restore, name="events-restore"),
        path(f"{_EVENT}minutes/", minutes.minutes, name="events-minutes"),
        path(f"{_EVENT}minutes/write/", minutes.write, name="events-minutes-write"),
        path(f"{_EVENT}minutes/approve/", minutes.approve, name="events-minutes-approve"),
        path(f"{_EVENT}report/", missions.report, name="events-report"),
        path(f"{_EVENT}report/delegation/", missions.delegate, name="events-report-delegation"),
        path(f"{_EVENT}report/outcome/", missions.whole, name="events-report-whole"),
        path(f"{_EVENT}report/sessions/<uuid:session>/", missions.outcome, name="events-report-outcome"),
        path(f"{_EVENT}programme/", programme.programme, name="events-programme"),
        path(f"{_EVENT}programme/publish/", programme.publish, name="events-programme-publish"),
        path(f"{_EVENT}programme/versions/", programme.versions, name="events-programme-versions"),
        path(f"{_EVENT}programme/lists/", programme.lists, name="events-programme-lists"),
        path(f"{_EVENT}kinds/", programme.kinds, name="events-kinds"),
        path(f"{_EVENT}kinds/<uuid:guest_kind>/", programme.kind, name="events-kind"),
        path(f"{_EVENT}spaces/new/", programme.new_space, name="events-space-new"),
        path(f"{_EVENT}spaces/<uuid:space>/", programme.space, name="events-space"),
        path(f"{_EVENT}sessions/new/", programme.new_session, name="events-session-new"),
        path(f"{_EVENT}sessions/<uuid:session>/", programme.session, name="events-session"),
        path(f"{_EVENT}sessions/<uuid:session>/move/", programme.move, name="events-session-move"),
        path(f"{_EVENT}sessions/<uuid:session>/cancel/", programme.cancel, name="events-session-cancel"),
        path(f"{_EVENT}sessions/<uuid:session>/hold/", programme.hold, name="events-session-hold"),
        path(f"{_EVENT}parts/new/", programme.new_part, name="events-part-new"),
        path(f"{_EVENT}parts/<uuid:part>/drop/", programme.end, name="events-part-drop"),
    ],
    "events_desk",
)
