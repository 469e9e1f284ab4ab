package io.sluice.internal.cli.jmx;

import java.io.Serial;

/** A service cannot be asked, or refuses. The message is for the user: what is wrong, and what to do. */
public final class ServiceException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Fault {
        /** What was asked for does not exist. */
        REQUEST,
        /** The service cannot be asked. */
        UNREACHABLE,
        /** The service has tried, and failed. */
        REFUSED
    }

    private final Fault fault;

    ServiceException(Fault fault, String message) {
        super(printable(message));
        this.fault = fault;
    }

    static ServiceException unreachable(String message) {
        return new ServiceException(Fault.UNREACHABLE, message);
    }

    /** Parts of the message may come from the service, and would command the terminal. */
    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
    }

    /** {@return whose fault it is} */
    public Fault fault() {
        return fault;
    }
}
