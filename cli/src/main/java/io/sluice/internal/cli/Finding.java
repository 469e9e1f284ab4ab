package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.context.SslContextException;
import io.sluice.internal.settings.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A problem in a report.
 *
 * @param isError whether an application with this problem would not start
 * @param message all of it in a sentence or two
 * @param problem its parts, if it is about a property
 */
record Finding(boolean isError, String message, Optional<Problem> problem) {

    static Finding error(Problem problem) {
        return new Finding(true, problem.message(), Optional.of(problem));
    }

    static Finding warning(Problem problem) {
        return new Finding(false, problem.message(), Optional.of(problem));
    }

    static Finding warning(String message) {
        return new Finding(false, message, Optional.empty());
    }

    /** Why a context cannot be used. */
    static List<Finding> of(SslContextException failure) {
        return failure.propertyProblems().isEmpty()
                ? List.of(new Finding(true, String.valueOf(failure.getMessage()), Optional.empty()))
                : failure.propertyProblems().stream().map(Finding::error).toList();
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("severity", isError ? "error" : "warning");
        json.addProperty("message", message);
        problem.ifPresent(known -> {
            json.addProperty("property", known.property());
            json.addProperty("source", known.source().orElse(null));
            json.addProperty("fault", known.fault());
            json.addProperty("remedy", known.remedy());
        });
        return json;
    }

    void print(Text text) {
        if (isError) {
            text.bad("error:", " " + message);
        } else {
            text.doubtful("warning:", " " + message);
        }
    }
}
