"""What Japanese says: words, clock times, dates, lengths of time, weekday letters."""
