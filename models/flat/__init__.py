"""Two-dimensional networks of the thesis (4.3) which fill gaps in single frames, and the small one of the live preview.

Arrays are (y, x): the detector's rows and columns. Masks are 1 where there is no data.
"""

SIZE = 128
