package io.sluice.it.server.app;

import io.sluice.it.Contexts;
import io.sluice.it.FaultMatrix;
import io.sluice.it.Way;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** A case of the fault matrix. */
@ApplicationScoped
@CheckName("fault")
public class FaultCheck implements Check {

    @Inject
    Contexts contexts;

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        new FaultMatrix(contexts)
                .check(new FaultMatrix.Case(parameters.get("row"), Way.valueOf(parameters.get("way"))));
        return "as expected";
    }
}
