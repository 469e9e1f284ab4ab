package io.sluice.internal.managed;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * The scheduled executor that a Jakarta EE server gives an application. It belongs to the server.
 *
 * @param executor the executor; its tasks have the naming and security of the thread that submits them
 * @param inApplication runs something at once on the calling thread, with the naming and security of the application
 */
public record ManagedScheduling(ScheduledExecutorService executor, Consumer<Runnable> inApplication) {}
