package org.bcdi.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bcdi.inpaint.Inpainted;
import org.bcdi.phase.Reconstruction;
import org.bcdi.stack.RockingCurve;
import org.bcdi.store.Provenance;

/** Writes down how a result came about. */
final class History {
    /** Entry of the settings with what the beamline said of the scan. */
    static final String SCAN = "scan";

    private static final ObjectMapper JSON = new ObjectMapper();

    private History() {}

    static Provenance inpainted(
            RockingCurve curve, Inpainted filled, ProcessingSettings settings, Map<String, String> models) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("fill", settings.fill());
        told.put("recipe", "none");
        told.put("seed", settings.seed());
        told.put("provider", settings.provider().word());
        told.put("roi", curve.roi().toString());
        told.put("missingFrames", curve.missingFrames());
        Map<String, Double> metrics = new HashMap<>();
        metrics.put("gapVoxels", (double) filled.gapVoxels());
        metrics.put(
                "gapFraction",
                (double) filled.gapVoxels() / curve.counts().shape().size());
        metrics.put("patches", (double) filled.patches());
        if (!Double.isNaN(filled.share())) {
            metrics.put("networkShare", filled.share());
        }
        return new Provenance("bcdi", write(told), models, metrics, settings.seed());
    }

    static Provenance phased(Provenance before, Reconstruction object) {
        Reconstruction.Metrics figures = object.metrics();
        Map<String, Double> metrics = new HashMap<>(before.metrics());
        metrics.put("rFactor", figures.rFactor());
        metrics.put("freeLogLikelihood", figures.freeLogLikelihood());
        metrics.put("supportVoxels", (double) figures.supportVoxels());
        metrics.put("starts", (double) figures.starts());
        if (!Double.isNaN(figures.confidence())) {
            metrics.put("confidence", figures.confidence());
        }
        String settings = with(before.settings(), Map.of("recipe", object.recipe(), "seed", object.seed()));
        return new Provenance(before.command(), settings, before.models(), metrics, object.seed());
    }

    /** A JSON object with some entries changed or added. */
    static String with(String settings, Map<String, ?> changes) {
        Map<String, Object> told = new LinkedHashMap<>();
        try {
            JSON.readTree(settings).properties().forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings are no JSON: " + settings, e);
        }
        told.putAll(changes);
        return write(told);
    }

    /** What the beamline said of the scan of which these settings are; {@code {}} where they do not tell. */
    static String said(String settings) {
        try {
            JsonNode said = JSON.readTree(settings).path(SCAN);
            return said.isObject() ? said.toString() : ScanPlan.NONE.json();
        } catch (JsonProcessingException e) {
            // Nothing that the scan needs: it is processed without
            return ScanPlan.NONE.json();
        }
    }

    private static String write(Map<String, ?> told) {
        try {
            return JSON.writeValueAsString(told);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings do not go into JSON: " + told, e);
        }
    }
}
