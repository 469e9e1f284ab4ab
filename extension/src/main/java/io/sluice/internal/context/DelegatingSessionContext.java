package io.sluice.internal.context;

import java.util.Enumeration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The sessions of a named context's current material. What is set here survives a reload. */
record DelegatingSessionContext(Supplier<SSLSessionContext> current) implements SSLSessionContext {

    @Override
    public SSLSession getSession(byte[] sessionId) {
        return current.get().getSession(sessionId);
    }

    @Override
    public Enumeration<byte[]> getIds() {
        return current.get().getIds();
    }

    @Override
    public void setSessionTimeout(int seconds) {
        current.get().setSessionTimeout(seconds);
    }

    @Override
    public int getSessionTimeout() {
        return current.get().getSessionTimeout();
    }

    @Override
    public void setSessionCacheSize(int size) {
        current.get().setSessionCacheSize(size);
    }

    @Override
    public int getSessionCacheSize() {
        return current.get().getSessionCacheSize();
    }
}
