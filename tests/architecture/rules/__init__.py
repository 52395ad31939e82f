"""What the import contracts cannot see, as functions from a source tree to the faults found in it.

Each takes the package's folder (`src/moussem`, or a small planted one) and answers a list of faults, so that every
rule is proven on a tree with one fault planted in it.
"""
