package org.bcdi.pipeline;

/**
 * The newest frame of the scan being taken.
 *
 * @param scan its name
 * @param number of the frame, from 0
 * @param counts rows of the kept region, 0 where masked
 */
public record LiveFrame(String scan, int number, float[][] counts) {}
