"""Addresses of meetings: the desk's, and those below a guest's link."""

from django.urls import path

from moussem.meetings.views import desk, guest, room

app_name = "meetings"
_EVENT = "p/<slug:promoter>/events/<uuid:event>/meetings/"
_DESK = "p/<slug:promoter>/meetings/"
_REQUEST = f"{_DESK}requests/<uuid:meeting_request>/"
_MEETING = f"{_DESK}<uuid:meeting>/"
_GUEST = "l/<str:address>/meetings/"
urlpatterns = [
    path(_DESK, desk.meetings, name="meetings-list"),
    path(f"{_REQUEST}accept/", desk.accept, name="meetings-accept"),
    path(f"{_REQUEST}decline/", desk.decline, name="meetings-decline"),
    path(f"{_REQUEST}withdraw/", desk.withdraw, name="meetings-withdraw"),
    path(f"{_REQUEST}place/", desk.place, name="meetings-place"),
    path(_MEETING, desk.meeting, name="meetings-page"),
    path(f"{_MEETING}move/", desk.move, name="meetings-move"),
    path(f"{_MEETING}cancel/", desk.cancel, name="meetings-cancel"),
    path(f"{_MEETING}online/", desk.room_address, name="meetings-online"),
    path(f"{_MEETING}sides/<uuid:side>/", desk.outcome, name="meetings-outcome"),
    path(f"{_MEETING}next/", desk.next_step, name="meetings-next"),
    path(_EVENT, room.room, name="meetings-room"),
    path(f"{_EVENT}prepare/", room.prepare, name="meetings-room-prepare"),
    path(f"{_EVENT}ask/", room.ask, name="meetings-room-ask"),
    path(f"{_EVENT}place/", room.place_them_all, name="meetings-room-place"),
    path(f"{_EVENT}plan/", room.plan, name="meetings-room-plan"),
    path(_GUEST, guest.whom, name="guest-whom"),
    path(f"{_GUEST}ask/", guest.ask, name="guest-ask"),
    path(f"{_GUEST}requests/<uuid:meeting_request>/accept/", guest.accept, name="guest-accept"),
    path(f"{_GUEST}requests/<uuid:meeting_request>/decline/", guest.decline, name="guest-decline"),
    path(f"{_GUEST}requests/<uuid:meeting_request>/withdraw/", guest.withdraw, name="guest-withdraw"),
    path(f"{_GUEST}<uuid:meeting>/outcome/", guest.outcome, name="guest-outcome"),
]
