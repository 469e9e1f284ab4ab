package io.sluice.internal.engine;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** An engine of one connection, with everything in which it differs from others. Not thread-safe: its user has the locks. */
public interface EngineAdapter {

    /** The longest content that the header of a record can announce. */
    int LONGEST_FRAGMENT = 0xffff;

    /** An engine that always has another task must not keep its caller from checking the deadline. */
    int MOST_TASKS = 64;

    /** A violation of TLS by the peer that the engine has not seen. */
    enum Violation {
        /** A record that is longer than TLS allows. */
        OVERLONG_RECORD,
        /** A message that begins a renegotiation. */
        RENEGOTIATION,
        /** Any other message that is not allowed now. */
        UNEXPECTED_MESSAGE
    }

    /**
     * The engine.
     *
     * @return the engine, with its side and parameters set
     */
    SSLEngine engine();

    /**
     * Returns the name of the provider.
     *
     * @return the name of the JCA provider, or another name of the engine
     */
    String provider();

    /**
     * Returns the enabled cipher suites, even after the engine has failed.
     *
     * @return their names as in JSSE
     */
    default List<String> cipherSuites() {
        return List.of(engine().getEnabledCipherSuites());
    }

    /**
     * Returns the groups of the key exchange, if the engine's parameters do not show them.
     *
     * @return their names, best first; otherwise empty
     */
    default List<String> groups() {
        return List.of();
    }

    /**
     * Returns the application protocols that this side offers or accepts (ALPN).
     *
     * @return their names, best first; empty if there are none, or the engine does not tell
     */
    default List<String> applicationProtocols() {
        return List.of(engine().getSSLParameters().getApplicationProtocols());
    }

    /**
     * Tests whether a server's engine continues without an application protocol if the client offers only others. A server must refuse such
     * a client (RFC 7301, 3.2).
     *
     * @return false if the engine refuses the client, or has no application protocols
     */
    default boolean toleratesOtherProtocols() {
        return false;
    }

    /**
     * Tests whether the engine is faster with direct buffers.
     *
     * @return false for engines in Java
     */
    default boolean prefersDirectBuffers() {
        return false;
    }

    /**
     * Tests whether one unwrap decrypts all complete records of its source that fit into its targets.
     *
     * @return false if it decrypts one record at most
     */
    default boolean unwrapsSeveralRecords() {
        return false;
    }

    /**
     * Runs the engine's delegated tasks on the calling thread, up to a limit: handing them to another thread costs more than it saves.
     *
     * @return false if there was none
     */
    default boolean runTasks() {
        for (int i = 0; i < MOST_TASKS; i++) {
            Runnable task = engine().getDelegatedTask();
            if (task == null) {
                return i > 0;
            }
            task.run();
        }
        return true;
    }

    /**
     * Runs the tasks if a call of the engine has left some.
     *
     * @param result the result of the call
     */
    default void runTasks(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
    }

    /**
     * Makes the engine raise an alert for a violation, because only the engine can encrypt it. Afterwards the engine has an alert to wrap,
     * unless it offers no way. The engine receives no further input.
     *
     * @param violation the violation
     * @param record the bytes that contain it, which the engine has not seen
     */
    void raiseAlert(Violation violation, ByteBuffer record);

    /**
     * Returns the failure that the engine holds back until its next call. Called when the engine receives no further input.
     *
     * @return the failure; null if there is none
     */
    @Nullable
    SSLException heldBackFailure();

    /**
     * Shows an engine a record that it must refuse. Netty's engine needs room for a record of the announced length.
     *
     * @param engine the engine
     * @param record the record
     * @return the failure; null if the engine does not fail
     */
    static @Nullable SSLException failureOf(SSLEngine engine, ByteBuffer record) {
        try {
            engine.unwrap(record, ByteBuffer.allocate(LONGEST_FRAGMENT));
            return null;
        } catch (SSLException e) {
            return e;
        }
    }

    /** Releases what the engine holds outside the heap. Called once, when no thread uses the engine. */
    void release();
}
