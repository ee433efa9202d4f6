"""Reminders: what is kept, where, when it returns, and how an entry is found again.

`store` is the front door. Below it: `entries` (the nouns), `zones` and `when`
(times), `recurrence` and `expand` (what returns), `announce` (what is due),
`schema`, `database`, `changes` and `repair` (the file). Beside it: `similar`,
`said` and `find` (which entry is meant), `ical_export` and `ical_import`, and
`actions` (what schedule_reminder does).
"""
