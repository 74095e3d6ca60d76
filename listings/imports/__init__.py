"""
A file of the lender's book into the queue: `manage.py import_listings` (docs/import.md).

`mapping` says which column becomes what, `reading` turns bytes into numbered records, `check` records into rows,
`compare` rows with what is there, `rejects` keeps what was refused, `run` is the whole way.
"""
