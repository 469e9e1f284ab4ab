package io.sluice.stream.transport;

import org.jspecify.annotations.Nullable;

/**
 * Watches for records that carry no data: tickets and KeyUpdates (RFC 8446, 4.6). They cost work, and each that asks for an
 * answer costs memory until a writer has given it. Used under the read lock.
 */
final class QuietRecords {
    /** So many in a row, and so many answers owed at once. */
    private static final int MAX = 32;

    private int inARow;
    private int unanswered;
    private int answersSeen;

    void data() {
        inARow = 0;
    }

    /**
     * Notes a record without data.
     *
     * @param asks whether it wants an answer
     * @param answers how many times the writer has answered all that was owed
     */
    @Nullable
    TransportException quiet(boolean asks, int answers) {
        inARow++;
        if (answers != answersSeen) {
            answersSeen = answers;
            unanswered = 0;
        }
        if (asks) {
            unanswered++;
        }
        if (inARow > MAX) {
            return abuse("records in a row that carry no data");
        }
        return unanswered > MAX ? abuse("KeyUpdates without reading what answers them") : null;
    }

    private static TransportException abuse(String what) {
        return new TransportException(
                Stage.READ, Fault.PROTOCOL_ABUSE, "the peer sent more than " + MAX + " " + what, null);
    }
}
