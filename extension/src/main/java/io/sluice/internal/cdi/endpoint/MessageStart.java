package io.sluice.internal.cdi.endpoint;

import io.sluice.message.FrameCodec;
import io.sluice.server.MessageLimits;
import io.sluice.server.ServerSettings;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import java.util.List;

/**
 * A server of messages to start.
 *
 * @param context the name of the SSL context
 * @param streamClass the class of the streams
 * @param codec cuts the bytes into messages
 * @param limits the limits of the messages
 * @param functions handle the messages
 * @param settings the settings of the server
 * @param initargs the arguments of each creation
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
record MessageStart<S extends SocketStream, M>(
        String context,
        Class<S> streamClass,
        FrameCodec<M> codec,
        MessageLimits limits,
        MessageFunctions<S, M> functions,
        ServerSettings settings,
        List<Initarg> initargs) {}
