package io.sluice.benchmarks.compare.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The server's part of a conversation over streams. */
interface Talk {

    /** What the client sends before bulk: the direction, the size of a block, the number of blocks. */
    int REQUEST = 9;

    /** What the client sends for a round trip. */
    int MESSAGE = 64;

    void with(InputStream in, OutputStream out) throws IOException;

    /** Whatever comes, until the client ends. */
    static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] message = new byte[MESSAGE];
        for (int n = in.read(message); n >= 0; n = in.read(message)) {
            out.write(message, 0, n);
        }
    }

    /** As many blocks of a size as the client asks for, up or down, until the client ends. */
    static void bulk(InputStream in, OutputStream out) throws IOException {
        DataInputStream request = new DataInputStream(in);
        boolean up = request.readBoolean();
        byte[] block = new byte[request.readInt()];
        int blocks = request.readInt();
        if (up) {
            receive(in, block, (long) block.length * blocks);
            out.write(1);
        } else {
            for (int i = 0; i < blocks; i++) {
                out.write(block);
            }
        }
        in.read();
    }

    private static void receive(InputStream in, byte[] block, long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            int n = in.read(block);
            if (n < 0) {
                throw new IOException("the peer ended with " + left + " bytes to come");
            }
            left -= n;
        }
    }
}
