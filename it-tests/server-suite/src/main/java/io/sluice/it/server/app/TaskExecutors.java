package io.sluice.it.server.app;

import jakarta.enterprise.concurrent.ContextServiceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Defines managed executors: one that propagates all contexts, and one that does not propagate the connection. */
@WebServlet("/executors")
@ManagedExecutorDefinition(name = "java:module/concurrent/carrying", context = "java:module/concurrent/carries")
@ContextServiceDefinition(name = "java:module/concurrent/carries")
@ManagedExecutorDefinition(name = "java:module/concurrent/leaving", context = "java:module/concurrent/leaves")
@ContextServiceDefinition(name = "java:module/concurrent/leaves", cleared = "sluice.connection")
public class TaskExecutors extends HttpServlet {

    private static final long serialVersionUID = 1;
}
