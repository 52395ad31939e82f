"""The hidden field that makes a form act once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from moussem.core.submissions import NONCE, new_nonce

register = template.Library()


@register.simple_tag
def nonce() -> SafeString:
    """A fresh nonce for this form; its view is decorated with `once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', NONCE, new_nonce())
