"""Mail: the outbox, suppression, calendar attachments; every message leaves through here, once."""
