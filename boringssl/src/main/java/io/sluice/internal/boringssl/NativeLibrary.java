package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSsl;
import io.sluice.internal.engine.EngineProvider.Unavailable;
import java.util.Locale;
import java.util.Optional;

/** The native library, which Netty loads once for its class loader. */
final class NativeLibrary {

    private static final String ARTIFACT = "io.netty:netty-tcnative-boringssl-static";

    private NativeLibrary() {}

    /** What is missing; empty if BoringSSL is loaded. */
    static Optional<Unavailable> unavailable() {
        if (!OpenSsl.isAvailable()) {
            return Optional.of(notLoaded(OpenSsl.unavailabilityCause()));
        }
        KeptLibrary.keep();
        return OpenSsl.versionString().equals("BoringSSL")
                ? Optional.empty()
                : Optional.of(new Unavailable(
                        "the native library is " + OpenSsl.versionString() + ", not BoringSSL",
                        "Replace it by " + ARTIFACT + " for " + platform()));
    }

    private static Unavailable notLoaded(Throwable cause) {
        return new Unavailable(
                "its native library for " + platform() + " is not there or cannot be loaded (" + innermost(cause) + ")",
                "Add " + ARTIFACT + " with the classifier of this platform, such as linux-x86_64, osx-aarch_64 or"
                        + " windows-x86_64. There is none for musl (Alpine)");
    }

    /** The class and the first line, because Netty lists every name that it has tried. */
    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < 10; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause).lines().findFirst().orElse("");
    }

    private static String platform() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT) + " on " + System.getProperty("os.arch");
    }
}
