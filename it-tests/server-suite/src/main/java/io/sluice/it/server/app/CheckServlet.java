package io.sluice.it.server.app;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** {@code GET /check/<name>} runs a check, and returns its answer or the stack trace of its exception. */
@WebServlet("/check/*")
public class CheckServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /**
     * Records that are compared, as in every application. JDK 17 keeps the last type that any record compared, and with it one class
     * loader (java.lang.runtime.ObjectMethods.OBJECT_EQ, asTypeCache).
     */
    private record Asked(Name name) {}

    private record Name(String text) {}

    @Override
    public void init() throws ServletException {
        try {
            ApplicationLoaders.tell(getServletContext().getContextPath(), CheckServlet.class.getClassLoader());
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, values[0]));
        response.setContentType("text/plain;charset=UTF-8");
        String answer;
        try {
            answer = run(request.getPathInfo().substring(1), parameters);
        } catch (Throwable t) {
            StringWriter trace = new StringWriter();
            t.printStackTrace(new PrintWriter(trace));
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            answer = trace.toString();
        }
        response.getWriter().print(answer);
    }

    private static String run(String name, Map<String, String> parameters) throws Throwable {
        if (name.equals("alive")) {
            return String.valueOf(new Asked(new Name(name)).equals(new Asked(new Name(name))));
        }
        return beans().select(Check.class, new CheckName.Literal(name)).get().run(parameters);
    }

    /**
     * The beans of this WAR. If two WARs of an EAR have classes of the same name, GlassFish does not know which one calls
     * {@code CDI.current()}. Tomcat has no bean manager in JNDI.
     */
    private static Instance<Object> beans() {
        try {
            return InitialContext.<BeanManager>doLookup("java:comp/BeanManager").createInstance();
        } catch (NamingException e) {
            return CDI.current();
        }
    }
}
