package org.bcdi.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs a test only where {@code /usr/bin/python3} can import the modules named; skipped elsewhere. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EnabledIfPython.Condition.class)
public @interface EnabledIfPython {
    /** Modules such as {@code h5py}. */
    String[] value() default {"h5py"};

    /** Asks Python once for each set of modules. */
    final class Condition implements ExecutionCondition {
        private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .flatMap(element -> AnnotationSupport.findAnnotation(element, EnabledIfPython.class))
                    .map(wanted -> evaluate(wanted.value()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("no Python asked for"));
        }

        private static ConditionEvaluationResult evaluate(String... modules) {
            String names = String.join(", ", modules);
            return KNOWN.computeIfAbsent(names, key -> Python.imports(modules))
                    ? ConditionEvaluationResult.enabled("python3 has " + names)
                    : ConditionEvaluationResult.disabled("/usr/bin/python3 cannot import " + names);
        }
    }
}
