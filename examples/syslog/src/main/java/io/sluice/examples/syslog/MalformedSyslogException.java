package io.sluice.examples.syslog;

import java.io.IOException;

/** Thrown for malformed input. It ends the connection, because the start of the next frame is unknown. */
public class MalformedSyslogException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedSyslogException(String message) {
        super(message);
    }
}
