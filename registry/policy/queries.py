"""What is required where and when."""

from datetime import date

from registry.policy.rules import Policy, policy_of


def policy_for(region_code: str, on: date) -> Policy:
    """Return everything that is required in a unit on a day."""
    return policy_of(region_code, on, (), ())
