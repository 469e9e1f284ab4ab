package io.sluice.it.server.app;

import io.sluice.it.support.Contexts;
import io.sluice.it.support.FaultMatrix;
import io.sluice.it.support.Protocol;
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
                .check(new FaultMatrix.Case(parameters.get("row"), Protocol.valueOf(parameters.get("way"))));
        return "as expected";
    }
}
