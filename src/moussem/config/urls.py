"""Every address of the product: public pages by language, desks by promoter, accounts."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
