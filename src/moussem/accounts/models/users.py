"""Users: staff, officers, jurors, operators' people. They log in with their e-mail; guests have links instead."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR
from moussem.accounts.models.promoters import RoleGrant
from moussem.core.actor import Actor
from moussem.core.models import Row


class UserQuerySet(models.QuerySet["User"]):
    """Users as an actor may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """The whole installation's for its administrator; colleagues, past ones included, for staff; else oneself."""
        if actor.has_role(INSTALLATION_ADMINISTRATOR):
            return self.all()
        if actor.kind in ("user", "token") and actor.roles and actor.promoter_pk and not actor.event_key:
            return self.working_at(actor.promoter_pk)
        return self.filter(public_id=actor.id) if actor.kind == "user" else self.none()

    def working_at(self, promoter_pk: int) -> Self:
        """Users who hold, or once held, a role at the promoter."""
        return self.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk"), promoter=promoter_pk)))


class UserAccounts(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users; e-mails are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with this e-mail; without a password nobody can log in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator of the installation; sees no promoter's rows."""
        return self.create_user(email, password, is_installation_administrator=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this e-mail, whatever its capitals."""
        return self.get(email=(username or "").strip().lower())


class User(Row, AbstractBaseUser, PermissionsMixin):
    """A person with an account. `label` is how screens and the ledger name them (a function in the demonstration).

    Raising `session_epoch` ends every session of theirs at once.
    """

    email = models.EmailField(unique=True)
    label = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_installation_administrator = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=1, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserAccounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once"),)

    def __str__(self) -> str:
        return self.label or self.email

    @property
    def is_staff(self) -> bool:
        """Asked by other packages; there is no Django admin, so nobody is."""
        return False

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session is bound to: the password and the epoch; a session bound to another value is dead."""
        salt = f"moussem.accounts.session.{self.session_epoch}"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """How the user is named on screens."""
        return str(self)
