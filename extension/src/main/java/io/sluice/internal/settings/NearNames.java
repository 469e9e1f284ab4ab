package io.sluice.internal.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests names that differ from a mistyped one by a few letters. */
public final class NearNames {

    private static final int MOST = 3;

    private NearNames() {}

    /**
     * Suggests the names that were probably meant, for the middle of a message.
     *
     * @param mistyped the unknown name
     * @param known the existing names
     * @return {@code " (did you mean a or b?)"} with the nearest names; empty if none is near
     */
    public static String suggest(String mistyped, Collection<String> known) {
        List<String> near = near(mistyped, known);
        return near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    }

    /**
     * Suggests names with additional parts between dots, for the middle of a message.
     *
     * @param mistyped the unknown name
     * @param known the existing names
     * @return {@code " (did you mean a.b.c?)"} with the names of which {@code a.c} lacks a part; empty if there are none or many
     */
    public static String suggestLonger(String mistyped, Collection<String> known) {
        List<String> parts = List.of(mistyped.split("\\."));
        List<String> longer = known.stream()
                .filter(name -> contains(name.split("\\."), parts))
                .sorted()
                .toList();
        return longer.isEmpty() || longer.size() > MOST + 1
                ? ""
                : " (did you mean " + String.join(" or ", longer) + "?)";
    }

    /** Whether the name contains all parts in their order. */
    private static boolean contains(String[] name, List<String> parts) {
        int found = 0;
        for (String part : name) {
            if (found < parts.size() && parts.get(found).equals(part)) {
                found++;
            }
        }
        return found == parts.size();
    }

    static List<String> near(String mistyped, Collection<String> known) {
        String wanted = mistyped.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, Math.min(MOST, wanted.length() / 3));
        record Candidate(String name, int distance) {}
        List<Candidate> candidates = known.stream()
                .distinct()
                .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= allowed)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .toList();
        return candidates.stream()
                .filter(candidate -> candidate.distance() == candidates.get(0).distance())
                .map(Candidate::name)
                .toList();
    }

    /** Counts the letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
    public static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
