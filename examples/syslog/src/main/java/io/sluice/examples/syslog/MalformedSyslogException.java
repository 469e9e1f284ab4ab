package io.sluice.examples.syslog;

import java.io.IOException;

/** What came is no syslog. The frames behind it cannot be found any more, so it ends the connection. */
public class MalformedSyslogException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedSyslogException(String message) {
        super(message);
    }
}
