"""Addresses of next steps."""

from django.urls import path

from moussem.actions.views import desk

app_name = "actions"
urlpatterns = [
    path("p/<slug:promoter>/actions/", desk.actions, name="list"),
    path("p/<slug:promoter>/actions/new/", desk.new, name="new"),
    path("p/<slug:promoter>/actions/<uuid:action>/", desk.action, name="page"),
    path("p/<slug:promoter>/actions/<uuid:action>/change/", desk.change, name="change"),
    path("p/<slug:promoter>/actions/<uuid:action>/done/", desk.done, name="done"),
    path("p/<slug:promoter>/actions/<uuid:action>/drop/", desk.drop, name="drop"),
]
