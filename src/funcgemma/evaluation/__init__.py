"""Evaluation: what is counted, how sure it is, and how it is shown.

    cases + decisions ─ metrics.judge ─> Judged ─ outcomes ─> Outcome ─ rates ─> numbers
                                            └──── report.build_report ─> the report, plain JSON
    report ─ render ─> one HTML page        two reports ─ compare ─> differences
    report ─ ledger ─> a record             any number ─ side_by_side ─> one table

Everything takes values and gives values; only `files` touches the disk.
"""
