"""What accounts tell higher rooms."""

# A user was given a role by invitation: `user` and `promoter` are public identifiers.
USER_INVITED = "accounts.user_invited"
