"""Training of the network which fills detector gaps in three-dimensional Bragg coherent diffraction.

Arrays are (z, y, x): z is the rocking step, y and x the detector's rows and columns. Masks are 1 where there is no data.
"""
