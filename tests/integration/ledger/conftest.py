"""The ledger's databases, as the contract suite has them."""

from contract.ledger.conftest import open_ledger, sqlite_url, url

__all__ = ["open_ledger", "sqlite_url", "url"]
