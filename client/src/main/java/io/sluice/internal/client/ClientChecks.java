package io.sluice.internal.client;

import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.config.ClientSettings;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.message.FrameCodec;
import io.sluice.message.NamedFrames;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds everything that keeps the clients of an application from working, before the application starts. */
final class ClientChecks {

    private final ClientBeans beans;
    private final SluiceRuntime runtime;
    private final SluiceConfiguration configuration = SluiceConfiguration.current();
    private final Problems problems = new Problems();
    private final List<String> found = new ArrayList<>();
    private final Map<String, ClientSettings> settings = new TreeMap<>();

    ClientChecks(ClientBeans beans, SluiceRuntime runtime) {
        this.beans = beans;
        this.runtime = runtime;
    }

    /** The settings of the clients without problems. */
    Map<String, ClientSettings> settings() {
        return settings;
    }

    /** All problems, in the words of messages. */
    List<String> problems(Collection<ClientDeclaration> clients) {
        Set<String> contexts = beans.contexts();
        clients.forEach(client -> check(client, contexts));
        configuration.reportUnknownClientKeys(
                Set.copyOf(clients.stream().map(ClientDeclaration::name).toList()), problems);
        problems.errors().stream().map(Problem::message).forEach(found::add);
        return found.stream().distinct().toList();
    }

    private void check(ClientDeclaration client, Set<String> contexts) {
        if (!ContextName.isValid(client.name())) {
            found.add(client.description() + ": '" + client.name() + "' cannot be the name of a client. "
                    + ContextName.FORM);
            return;
        }
        client.contradiction()
                .ifPresent(other -> found.add(other.description() + ": the client is a "
                        + other.type().getTypeName()
                        + " here, but another type at " + client.points().get(0).place()
                        + ". Use one type, or give one of the clients another name"));
        Optional<ClientSettings> read = configuration.client(client.name(), problems);
        checkType(client, read.flatMap(known -> known.frames().named()));
        read.ifPresent(known -> {
            settings.put(client.name(), known);
            checkContext(client, known, contexts);
        });
    }

    private void checkContext(ClientDeclaration client, ClientSettings known, Set<String> contexts) {
        if (!contexts.contains(known.ssl())) {
            found.add(client.description() + ": there is no " + ContextName.quoted(known.ssl())
                    + NearNames.suggest(known.ssl(), contexts) + ". Configure it, set " + known.property("ssl")
                    + " to the name of another context, or to none for plaintext. If only environment variables configure"
                    + " it, list its name in sluice.contexts");
        }
    }

    private void checkType(ClientDeclaration client, Optional<String> frames) {
        if (client.argument().isEmpty() || client.streamClass().isEmpty()) {
            found.add(client.description() + ": "
                    + (client.isOfStreams()
                            ? "the type argument is not a stream class. Write StreamClient<SocketStream>, or a subclass of"
                                    + " SocketStream in place of it"
                            : "the client has no type of messages. Write it as the type argument, such as"
                                    + " MessageClient<String>"));
            return;
        }
        try {
            if (client.isOfStreams()) {
                client.streamClass().ifPresent(type -> runtime.streamFactory().check(type));
            } else if (frames.isPresent()) {
                checkFrames(client, frames.get(), client.argument().get());
            } else if (beans.codec(client.name(), client.argument().get()).isEmpty()) {
                found.add(client.description() + ": there is no bean of type "
                        + new TypeWithArgument(
                                FrameCodec.class, client.argument().get())
                        + ". Write one, so that the client can cut bytes into messages"
                        + (NamedFrames.have(client.argument().get())
                                ? ", or set " + ClientSettings.property(client.name(), "frames")
                                        + ", such as line, length:4 or mllp"
                                : ""));
            }
        } catch (IllegalArgumentException e) {
            found.add(client.description() + ": " + e.getMessage());
        } catch (AmbiguousResolutionException e) {
            found.add(client.description() + ": there are several beans of type "
                    + new TypeWithArgument(FrameCodec.class, client.argument().get())
                    + ". Give one of them the qualifier @SocketClient(\"" + client.name() + "\")");
        }
    }

    private void checkFrames(ClientDeclaration client, String frames, Type message) {
        String property = ClientSettings.property(client.name(), "frames");
        try {
            if (NamedFrames.codec(frames, message).isEmpty()) {
                found.add(client.description() + ": the type of the messages is " + message.getTypeName()
                        + ", but with frames '" + frames + "' it can only be byte[], ByteBuffer or String. Use one of"
                        + " these, or remove " + property + " and write a bean of type "
                        + new TypeWithArgument(FrameCodec.class, message));
            }
        } catch (IllegalArgumentException e) {
            found.add(client.description() + ": " + property + ": " + e.getMessage());
        }
    }
}
