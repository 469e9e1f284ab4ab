package io.sluice.internal.metrics;

/** An API that an application may omit. */
public final class OptionalApi {

    private OptionalApi() {}

    /**
     * Looks for an API. Nothing of it is initialized.
     *
     * @param type the name of one of its types
     * @param user a class that refers to it
     * @return true if the class loader of the user has the type
     */
    public static boolean isPresent(String type, Class<?> user) {
        try {
            Class.forName(type, false, user.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
