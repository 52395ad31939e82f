"""Eligibility: facts against rules, answered yes, no, or cannot say."""
