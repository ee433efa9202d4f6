"""What schedule_reminder does: create, show, change, remove, and the words it answers with."""
