package io.sluice.internal.cli.jmx;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** Starts the JMX agent of a process of this machine, which only its own user can reach. Needs the module {@code jdk.attach}. */
final class LocalAgent {

    private LocalAgent() {}

    /** {@return the address of the agent, which stays in the process} */
    static String address(ServiceAddress.LocalProcess process) throws ServiceException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.id()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw ServiceException.unreachable(process + " cannot be asked (" + e.getMessage()
                    + "). Check that it is a running JVM of the same user, and in the same container");
        }
    }
}
