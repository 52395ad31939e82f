"""The directory: organisations, people, affiliations, places, parks, memberships, consent, merging."""
