package org.bcdi.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.bcdi.pipeline.Job;

/** Jobs as clients read them. */
final class JobList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobList() {}

    static String json(List<Job> jobs) {
        try {
            return JSON.writeValueAsString(jobs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jobs are records of text", e);
        }
    }
}
