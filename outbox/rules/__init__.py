from outbox.rules.sweep import post

__all__ = ["post"]  # the one that every rule calls; the others are named by their module
