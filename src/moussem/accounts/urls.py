"""Addresses of accounts."""

from django.urls import path

from moussem.accounts.views import demonstration, guest, installation, machine, own, staff, tokens

urlpatterns = [
    path("health/", machine.health, name="health"),
    path("l/<str:address>/", guest.link, name="link"),
    path("accounts/demonstration/", demonstration.demonstration, name="demonstration"),
    path("account/", own.account, name="account"),
    path("account/language/", own.language, name="account-language"),
    path("installation/", installation.installation, name="installation"),
    path("installation/promoters/new/", installation.found, name="installation-found"),
    path("installation/users/<uuid:user>/deactivate/", installation.deactivate, name="installation-deactivate"),
    path("p/<slug:promoter>/users/", staff.users, name="users-list"),
    path("p/<slug:promoter>/users/invite/", staff.invite, name="users-invite"),
    path("p/<slug:promoter>/users/<uuid:user>/", staff.user, name="users-user"),
    path("p/<slug:promoter>/users/<uuid:user>/roles/", staff.grant, name="users-grant"),
    path("p/<slug:promoter>/users/<uuid:user>/deactivate/", staff.deactivate, name="users-deactivate"),
    path("p/<slug:promoter>/roles/<uuid:grant>/end/", staff.end, name="users-end"),
    path("p/<slug:promoter>/tokens/", tokens.tokens, name="tokens-list"),
    path("p/<slug:promoter>/tokens/<uuid:token>/revoke/", tokens.revoke, name="tokens-revoke"),
]
