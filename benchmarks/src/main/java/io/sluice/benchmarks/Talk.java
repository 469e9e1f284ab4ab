package io.sluice.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The server's part of a conversation. */
interface Talk {

    void with(InputStream in, OutputStream out) throws IOException;

    /** One byte each way, until the client ends. */
    static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] one = new byte[1];
        while (in.read(one) > 0) {
            out.write(one);
        }
    }

    /** Whatever comes, in messages of some hundred bytes, until the client ends. */
    static void echoMessages(InputStream in, OutputStream out) throws IOException {
        byte[] message = new byte[256];
        for (int n = in.read(message); n >= 0; n = in.read(message)) {
            out.write(message, 0, n);
        }
    }

    /** One byte each way. */
    static void echoOnce(InputStream in, OutputStream out) throws IOException {
        byte[] one = new byte[1];
        in.read(one);
        out.write(one);
    }

    /** As many blocks of a size as the client asks for, up or down. */
    static void bulk(InputStream in, OutputStream out) throws IOException {
        Transfer transfer = Transfer.read(in);
        if (transfer.up()) {
            transfer.receive(in);
            out.write(1);
        } else {
            transfer.send(out);
        }
    }

    /** What a client asks for. */
    record Transfer(boolean up, int size, int blocks) {

        private static final int REQUEST = 9;

        static Transfer read(InputStream in) throws IOException {
            DataInputStream data = new DataInputStream(new java.io.ByteArrayInputStream(in.readNBytes(REQUEST)));
            return new Transfer(data.readBoolean(), data.readInt(), data.readInt());
        }

        void write(OutputStream out) throws IOException {
            java.io.ByteArrayOutputStream request = new java.io.ByteArrayOutputStream(REQUEST);
            DataOutputStream data = new DataOutputStream(request);
            data.writeBoolean(up);
            data.writeInt(size);
            data.writeInt(blocks);
            out.write(request.toByteArray());
        }

        void send(OutputStream out) throws IOException {
            byte[] block = new byte[size];
            for (int i = 0; i < blocks; i++) {
                out.write(block);
            }
        }

        void receive(InputStream in) throws IOException {
            byte[] block = new byte[size];
            long left = bytes();
            while (left > 0) {
                int n = in.read(block);
                if (n < 0) {
                    throw new IOException("the peer ended with " + left + " bytes to come");
                }
                left -= n;
            }
        }

        long bytes() {
            return (long) size * blocks;
        }
    }
}
