"""The database under the ledger: connections, tables and migrations, locks, and what every part writes."""
