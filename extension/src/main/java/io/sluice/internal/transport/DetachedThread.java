package io.sluice.internal.transport;

/** Daemon threads that may outlive the application, so they hold neither its class loader nor its inherited thread locals. */
public final class DetachedThread {

    private DetachedThread() {}

    /**
     * Starts a thread.
     *
     * @param name the name of the thread
     * @param task the task to run
     */
    public static void start(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }
}
