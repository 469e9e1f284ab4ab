package io.sluice.internal.management;

import io.sluice.context.SslContexts;
import io.sluice.internal.settings.ManagementSettings;
import io.sluice.journal.HandshakeJournal;
import io.sluice.server.SocketServers;
import java.lang.reflect.Proxy;

/** Registers a report in a JVM that may lack the module of JMX. */
final class WithoutManagement {

    private WithoutManagement() {}

    public static void main(String[] arguments) {
        boolean lacking = ModuleLayer.boot().findModule("java.management").isEmpty();
        ServiceReport report = new ServiceReport(
                unused(SslContexts.class), unused(SocketServers.class), unused(HandshakeJournal.class));
        Registration registration = new Registration(report, ManagementSettings.DEFAULT);
        registration.begin();
        registration.begin();
        System.out.println("lacking=" + lacking + " name=" + report.getApplication());
        registration.end();
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new IllegalStateException(method + " is not used");
        }));
    }
}
