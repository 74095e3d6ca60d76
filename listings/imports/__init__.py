"""
A file of the lender's book into the queue: `manage.py import_listings` (docs/import.md).

`targets` lists what a row consists of, `mapping` says which column becomes what (`load` reads it), `reading` turns
bytes into numbered records, `check` (with `convert`) records into rows, `compare` holds rows against what is there,
`rejects` keeps what was refused, `run` is the whole way and `display` what people see of it.
"""
