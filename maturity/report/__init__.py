"""Files that leaders take along: the figures of the screen, made once for every format.

`figures` gathers what a report shows; a module a format writes it. Nothing here works
a figure out, so a file and the screen cannot disagree.
"""
