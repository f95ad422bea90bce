/**
 * Fills the gaps of a rocking curve with the expected rate and its standard deviation: by patches through a network
 * (Masto et al. 2024, doi 10.1107/S1600576724004163) or by interpolation. Knows nothing of phasing.
 */
@NullMarked
package org.bcdi.inpaint;

import org.jspecify.annotations.NullMarked;
