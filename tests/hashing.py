"""Passwords of tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The product's hasher with one pass over 64 KiB; its two passes over 100 MiB take a tenth of a second."""

    time_cost, memory_cost, parallelism = 1, 64, 1
