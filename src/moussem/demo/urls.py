"""Addresses of the playground."""

from django.urls import path

from moussem.demo.views import playground

app_name = "demo"
urlpatterns = [
    path("playground/", playground.enter, name="playground"),
    path("p/<slug:promoter>/playground/become/", playground.become, name="playground-become"),
    path("p/<slug:promoter>/playground/anew/", playground.anew, name="playground-anew"),
]
