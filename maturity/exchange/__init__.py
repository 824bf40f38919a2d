"""Answers in and out: questionnaires as workbooks, answers and results as CSV and JSON.

Bytes in, bytes out. What a file says is never run, followed or drawn: a formula is
text, and a file that is wrong anywhere changes nothing. Nothing is imported here, so
that the command line loads only what a command needs.
"""
