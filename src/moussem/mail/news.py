"""What mail tells higher rooms."""

# A mail will not reach its recipient: refused by the server, come back, or suppressed. `message` is its public
# identifier.
NOT_DELIVERED = "mail.not_delivered"
