"""Addresses of the desk."""

from django.urls import path

from moussem.desk.views import desk

app_name = "desk"
urlpatterns = [path("p/<slug:promoter>/", desk.today, name="today")]
