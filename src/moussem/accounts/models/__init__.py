"""Who may enter."""

from moussem.accounts.models.credentials import Knock, Link, Token
from moussem.accounts.models.promoters import Promoter, RoleGrant, TenantQuerySet, TenantRow
from moussem.accounts.models.users import User

__all__ = ("Knock", "Link", "Promoter", "RoleGrant", "TenantQuerySet", "TenantRow", "Token", "User")
