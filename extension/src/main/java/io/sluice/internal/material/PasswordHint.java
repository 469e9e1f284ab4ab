package io.sluice.internal.material;

import io.sluice.internal.settings.Setting;

/** What may be wrong with a password that opens nothing. Shows none of it. */
final class PasswordHint {

    private PasswordHint() {}

    /** Words for the end of a message, or nothing. */
    static String of(char[] password) {
        for (int i = 0; i + 1 < password.length; i++) {
            if (isLineEnd(password[i]) && !isLineEnd(password[i + 1])) {
                return " (the password has more than one line)";
            }
        }
        if (password.length == 0) {
            return "";
        }
        if (Character.isWhitespace(password[password.length - 1])) {
            return " (the password ends with white space)";
        }
        return Character.isWhitespace(password[0]) ? " (the password begins with white space)" : "";
    }

    static String of(Setting password) {
        return of(password.value().toCharArray());
    }

    private static boolean isLineEnd(char letter) {
        return letter == '\n' || letter == '\r';
    }
}
