"""Addresses of the mail."""

from django.urls import path

from moussem.mail.views import desk, guest

app_name = "mail"
urlpatterns = [
    path("p/<slug:promoter>/outbox/", desk.outbox, name="outbox"),
    path("p/<slug:promoter>/outbox/<uuid:message>/", desk.message, name="message"),
    path("p/<slug:promoter>/outbox/<uuid:message>/returned/", desk.returned, name="returned"),
    path("mail/stop/<str:address>/", guest.stop, name="stop"),
]
