package io.sluice.it.server.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;

/** Reports what is alive in the server's JVM, from an application without CDI that stays deployed. */
@WebServlet(urlPatterns = "/monitor/*", loadOnStartup = 1)
public class MonitorServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient ApplicationLoaders loaders = new ApplicationLoaders();

    @Override
    public void init() throws ServletException {
        try {
            loaders.register();
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void destroy() {
        try {
            ApplicationLoaders.unregister();
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .print(
                        switch (request.getPathInfo()) {
                            case "/loaders" -> loaders(request.getParameter("of"));
                            case "/threads" -> threads();
                            case "/descriptors" -> String.join("\n", OpenFiles.open());
                            case "/memory" -> MappedMemory.read();
                            default -> throw new IllegalArgumentException(request.getPathInfo());
                        });
    }

    /** Returns the number of class loaders of an application that remain after a garbage collection. */
    private String loaders(String application) {
        System.gc();
        return String.valueOf(loaders.alive(application).size());
    }

    /** Returns the threads whose class loader is that of a registered application. */
    private String threads() {
        List<ClassLoader> noted = loaders.alive();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> noted.contains(thread.getContextClassLoader()))
                .map(Thread::getName)
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
