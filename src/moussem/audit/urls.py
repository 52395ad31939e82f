"""Addresses of the ledger."""

from django.urls import path

from moussem.audit.views import desk

app_name = "audit"
urlpatterns = [path("p/<slug:promoter>/ledger/", desk.ledger, name="ledger")]
