package io.sluice.examples.spiffe;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.StreamObserver;
import io.sluice.examples.spiffe.TrustDomainAuthority.Svid;
import io.spiffe.workloadapi.grpc.SpiffeWorkloadAPIGrpc;
import io.spiffe.workloadapi.grpc.Workload;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Workload API on a Unix socket that gives every caller the same identity or none, and streams each change to it. */
final class FakeWorkloadApi implements Closeable {

    private final EpollEventLoopGroup threads = new EpollEventLoopGroup(1);
    private final Service service = new Service();
    private final Server server;

    FakeWorkloadApi(Path socket) throws IOException {
        server = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(threads)
                .workerEventLoopGroup(threads)
                .addService(service)
                .directExecutor()
                .build()
                .start();
    }

    /** Gives an identity, and the authorities of its own trust domain and of federated ones. */
    void give(Svid svid, TrustDomainAuthority own, TrustDomainAuthority... federated) {
        Workload.X509SVIDResponse.Builder response = Workload.X509SVIDResponse.newBuilder()
                .addSvids(Workload.X509SVID
                        .newBuilder()
                        .setSpiffeId(svid.id())
                        .setX509Svid(der(svid))
                        .setX509SvidKey(
                                ByteString.copyFrom(svid.keys().getPrivate().getEncoded()))
                        .setBundle(der(own)));
        for (TrustDomainAuthority other : federated) {
            response.putFederatedBundles(other.id(), der(other));
        }
        service.become(response.build());
    }

    private static ByteString der(Svid svid) {
        try {
            return ByteString.copyFrom(svid.certificate().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString der(TrustDomainAuthority authority) {
        try {
            return ByteString.copyFrom(authority.certificate().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    private static final class Service extends SpiffeWorkloadAPIGrpc.SpiffeWorkloadAPIImplBase {

        private final List<StreamObserver<Workload.X509SVIDResponse>> callers = new ArrayList<>();
        private Workload.@Nullable X509SVIDResponse current;

        @Override
        public synchronized void fetchX509SVID(
                Workload.X509SVIDRequest request, StreamObserver<Workload.X509SVIDResponse> caller) {
            if (current == null) {
                caller.onError(Status.PERMISSION_DENIED
                        .withDescription("no identity issued")
                        .asRuntimeException());
            } else {
                caller.onNext(current);
                callers.add(caller);
            }
        }

        synchronized void become(Workload.X509SVIDResponse next) {
            current = next;
            callers.forEach(caller -> caller.onNext(next));
        }
    }
}
