package org.bcdi.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bcdi.task.InputException;

/**
 * What the beamline says of a scan before it begins: a JSON object such as {@code {"name": "S0054", "frames": 51, "motor":
 * "eta", "positions": [12.0, 12.01, ...]}}. All entries are optional; others are kept as they are and end up in the result
 * file.
 *
 * @param name of the scan and its file
 * @param frames expected, 0 when not said
 * @param positions of the scanned motor, one a frame, empty when not said
 * @param json all that was said
 */
public record ScanPlan(Optional<String> name, int frames, List<Double> positions, String json) {
    public static final ScanPlan NONE = new ScanPlan(Optional.empty(), 0, List.of(), "{}");

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public ScanPlan {
        positions = List.copyOf(positions);
    }

    /**
     * Reads a plan.
     *
     * @param json an object, or nothing at all
     * @throws InputException when it is no JSON object or an entry is not what it should be
     */
    public static ScanPlan parse(String json) {
        if (json.isBlank()) {
            return NONE;
        }
        JsonNode said = tree(json);
        Optional<String> name = name(said);
        List<Double> positions = positions(said);
        int frames = frames(said);
        if (frames > 0 && !positions.isEmpty() && positions.size() != frames) {
            throw new InputException("A scan of " + frames + " frames was given " + positions.size()
                    + " positions; give one for each frame.");
        }
        return new ScanPlan(name, Math.max(frames, positions.size()), positions, said.toString());
    }

    private static JsonNode tree(String json) {
        try {
            JsonNode said = JSON.readTree(json);
            if (said != null && said.isObject()) {
                return said;
            }
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "The scan's description '" + json
                            + "' is no JSON; write for example {\"name\": \"S0054\", \"frames\": 51}.",
                    e);
        }
        throw new InputException("The scan's description '" + json
                + "' is no JSON object; write for example {\"name\": \"S0054\", \"frames\": 51}.");
    }

    private static Optional<String> name(JsonNode said) {
        JsonNode name = said.get("name");
        if (name == null || name.isNull()) {
            return Optional.empty();
        }
        if (!name.isTextual() || !NAME.matcher(name.textValue()).matches()) {
            throw new InputException("The scan's name " + name
                    + " cannot be a file's; use up to 100 letters, digits, '.', '_' and '-'.");
        }
        return Optional.of(name.textValue());
    }

    private static int frames(JsonNode said) {
        JsonNode frames = said.get("frames");
        if (frames == null || frames.isNull()) {
            return 0;
        }
        if (!frames.isIntegralNumber() || !frames.canConvertToInt() || frames.intValue() < 1) {
            throw new InputException("The number of frames " + frames + " is none; give 1 or more.");
        }
        return frames.intValue();
    }

    private static List<Double> positions(JsonNode said) {
        JsonNode positions = said.get("positions");
        List<Double> values = new ArrayList<>();
        if (positions == null || positions.isNull()) {
            return values;
        }
        if (!positions.isArray()) {
            throw new InputException("The positions " + positions + " are no list; give one number for each frame.");
        }
        for (JsonNode position : positions) {
            if (!position.isNumber() || !Double.isFinite(position.doubleValue())) {
                throw new InputException("The position " + position + " is no number; give one for each frame.");
            }
            values.add(position.doubleValue());
        }
        return values;
    }
}
