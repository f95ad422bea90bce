"""Training and judging of the network which guesses reciprocal-space phases of strained crystals.

Arrays are (z, y, x), z being the rocking step, or (y, x); the origin of object and diffraction is at N // 2. The detector sees
|field|^2, field being the transform exp(-2 pi i q x) of the object. Masks are 1 where there is no data.
"""
