"""Who may enter."""

from moussem.accounts.models.credentials import Link, Token
from moussem.accounts.models.promoters import Promoter, RoleGrant, TenantQuerySet, TenantRow
from moussem.accounts.models.users import User

__all__ = ("Link", "Promoter", "RoleGrant", "TenantQuerySet", "TenantRow", "Token", "User")
