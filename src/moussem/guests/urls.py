"""Addresses of guests: the desk's below the promoter, the guest's own below the personal link, the open form's."""

from django.urls import path

from moussem.guests.views import (
    criteria,
    desk,
    door,
    files,
    guest,
    inviting,
    kept,
    public,
    registrations,
    standing,
)

_EVENT = "events/<uuid:event>/"
_GUEST = f"{_EVENT}guests/<uuid:target>/"
desk_patterns = (
    [
        path("targets/", desk.targets, name="targets-list"),
        path("invitations/", desk.invitations, name="invitations-list"),
        path(f"{_EVENT}guests/", desk.guests, name="guests"),
        path(f"{_EVENT}guests/new/", desk.new_target, name="guests-new"),
        path(f"{_EVENT}guests/invite/", inviting.send, name="guests-invite-all"),
        path(f"{_EVENT}guests/remind/", inviting.remind, name="guests-remind-all"),
        path(f"{_EVENT}invitations/", inviting.event_invitations, name="inviting"),
        path(f"{_EVENT}invitations/preview/", inviting.try_letter, name="inviting-preview"),
        path(f"{_EVENT}invitations/preview/appointment.ics", inviting.try_entry, name="inviting-entry"),
        path(f"{_EVENT}invitations/trial/", inviting.try_on_oneself, name="inviting-trial"),
        path(f"{_EVENT}invitations/waves/", inviting.begin_waves, name="inviting-waves"),
        path(f"{_EVENT}invitations/waves/stop/", inviting.end_waves, name="inviting-waves-stop"),
        path(f"{_EVENT}invitations/<uuid:sending>/undo/", inviting.undo, name="inviting-undo"),
        path(f"{_EVENT}guests/file/", files.new_file, name="guests-file"),
        path(f"{_EVENT}guests/file/<uuid:imported_list>/", files.take, name="guests-file-take"),
        path(f"{_EVENT}guests/file/<uuid:imported_list>/undo/", files.undo, name="guests-file-undo"),
        path(f"{_EVENT}guests/criteria/", criteria.criteria, name="guests-criteria"),
        path(f"{_EVENT}guests/criteria/new/", criteria.new_criterion, name="guests-criteria-new"),
        path(f"{_EVENT}guests/criteria/<uuid:criterion>/", criteria.edit_criterion, name="guests-criteria-edit"),
        path(f"{_EVENT}guests/criteria/<uuid:criterion>/drop/", criteria.drop, name="guests-criteria-drop"),
        path(f"{_EVENT}guests/judge/", criteria.judge_again, name="guests-judge-all"),
        path(f"{_EVENT}guests/proposals/", criteria.proposals, name="guests-proposals"),
        path(_GUEST, desk.guest, name="guests-guest"),
        path(f"{_GUEST}judge/", standing.judge, name="guests-judge"),
        path(f"{_GUEST}qualify/", standing.qualify, name="guests-qualify"),
        path(f"{_GUEST}kept/", standing.kept, name="guests-kept"),
        path(f"{_GUEST}object/", standing.objects, name="guests-object"),
        path(f"{_GUEST}next/", inviting.be_next, name="guests-next"),
        path(f"{_GUEST}edit/", desk.edit, name="guests-edit"),
        path(f"{_GUEST}drop/", desk.drop, name="guests-drop"),
        path(f"{_GUEST}invite/", desk.invite_one, name="guests-invite"),
        path(f"{_GUEST}remind/", desk.remind_one, name="guests-remind"),
        path(f"{_GUEST}answer/", desk.note_answer, name="guests-answer"),
        path(f"{_GUEST}link/renew/", desk.renew, name="guests-renew"),
        path(f"{_GUEST}link/revoke/", desk.revoke, name="guests-revoke"),
        path(f"{_EVENT}registrations/", registrations.registrations, name="registrations"),
        path(f"{_EVENT}registrations/decide/", registrations.decide, name="registrations-decide"),
        path(f"{_EVENT}registrations/file/", registrations.take_out, name="registrations-file"),
        path(f"{_EVENT}registrations/rules/", registrations.rules, name="registrations-rules"),
        path(f"{_EVENT}door/", door.entrance, name="door"),
        path(f"{_EVENT}door/new/", door.take, name="door-new"),
        path(f"{_EVENT}door/<uuid:registration>/", door.here, name="door-here"),
    ],
    "guests_desk",
)
link_patterns = (
    [
        path("answer/", guest.answer, name="answer"),
        path("zone/", guest.zone, name="zone"),
        path("kept/", kept.kept, name="kept"),
        path("kept/object/", kept.objects, name="object"),
        path("appointment.ics", guest.appointment, name="appointment"),
    ],
    "guests",
)
# Without a language before them: guests read Arabic, too, which is no language of public pages.
open_patterns = (
    [
        path(f"{_EVENT}registration/", public.register, name="register"),
        path(f"{_EVENT}registration/sent/", public.sent, name="sent"),
    ],
    "registering",
)
