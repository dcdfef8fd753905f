package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The application's code on the node's helper threads: what it may do there, and what it cannot hold up. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelpersTest {

    private static final Hash KEY = Hash.parse("2a");
    private static final Hash OTHER = Hash.parse("2b");
    private static final Duration LONG = Duration.ofDays(1);

    private final CountDownLatch never = new CountDownLatch(1);
    private final RealThreads runtime = new RealThreads() {
        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            if (host.equals("slow")) {
                pass(never);
            }
            return super.resolve(host);
        }
    };
    // Somebody is being contacted, so that a get waits for its timeout.
    private final Dht dht = Dht.start(
            DhtConfig.builder()
                    .bind("127.0.0.1:0")
                    .seeds("127.0.0.1:1")
                    .set("max-lookups", "2")
                    .build(),
            runtime);

    @AfterEach
    void close() {
        never.countDown();
        dht.close();
    }

    @Test
    void listenerMayWaitForAFuture() {
        CompletableFuture<Optional<Content>> got = new CompletableFuture<>();
        onStored(content -> {
            dht.putAsync(OTHER, content).join();
            got.complete(dht.getAsync(OTHER, LONG).join());
        });
        dht.put(KEY, "text");

        assertThat(got.join()).contains(Content.ofText("text"));
    }

    @Test
    void listenerThatNeverReturnsHoldsUpNoFuture() {
        onStored(content -> pass(never));
        dht.put(KEY, "text");

        assertThat(dht.putAsync(OTHER, Content.ofText("text"))
                        .thenApply(v -> "done")
                        .join())
                .isEqualTo("done");
    }

    @Test
    void nameServerThatNeverAnswersHoldsUpNeitherFuturesNorListeners() {
        DhtConfig config =
                DhtConfig.builder().bind("127.0.0.1:0").seeds("slow:1").build();
        try (Dht other = Dht.start(config, runtime)) {
            CompletableFuture<Hash> heard = new CompletableFuture<>();
            other.listen(new DhtListener() {
                @Override
                public void entryChanged(EntryEvent event) {
                    heard.complete(event.hash());
                }
            });
            other.putAsync(KEY, Content.ofText("text")).join();

            assertThat(heard.join()).isEqualTo(KEY);
            never.countDown();
        }
    }

    @Test
    void seedThatCannotBeLookedUpIsTriedAgain() {
        CountDownLatch twice = new CountDownLatch(2);
        RealThreads broken = new RealThreads() {
            @Override
            public List<InetAddress> resolve(String host) throws UnknownHostException {
                if (!host.equals("seed")) {
                    return super.resolve(host);
                }
                twice.countDown();
                throw new IllegalStateException("thrown on purpose");
            }
        };
        DhtConfig config =
                DhtConfig.builder().bind("127.0.0.1:0").seeds("seed:1").build();
        try (Dht other = Dht.start(config, broken)) {
            pass(twice);
            assertThat(other.closed()).isNotDone();
        }
    }

    @Test
    void listenerIsNotCalledAfterItsSubscriptionWasClosed() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        onStored(content -> {
            entered.countDown();
            pass(gate);
        });
        List<Hash> heard = new ArrayList<>();
        Subscription subscription = dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                heard.add(event.hash());
            }
        });
        CompletableFuture<Void> allHeard = new CompletableFuture<>();
        dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                allHeard.complete(null);
            }
        });
        dht.put(KEY, "text");
        pass(entered);
        subscription.close();
        gate.countDown();
        allHeard.join();

        assertThat(heard).isEmpty();
    }

    @Test
    void getsBeyondTheBoundFailAtOnceAndPutsGoOn() {
        dht.getAsync(KEY, LONG);
        dht.getAsync(KEY, LONG);

        assertThatThrownBy(dht.getAsync(KEY, LONG)::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("max-lookups");
        dht.putAsync(OTHER, Content.ofText("text")).join();
    }

    @Test
    void getThatIsCancelledIsOver() {
        for (int i = 0; i < 10; i++) {
            CompletableFuture<Optional<Content>> get = dht.getAsync(KEY, LONG);
            assertThat(dht.statistics().lookups()).isEqualTo(1);
            get.cancel(false);
            assertThat(dht.statistics().lookups()).isZero();
        }
    }

    @Test
    void getThatTheApplicationCompletesIsOver() {
        dht.getAsync(KEY, LONG).complete(Optional.empty());

        assertThat(dht.statistics().lookups()).isZero();
    }

    private void onStored(Consumer<Content> reaction) {
        dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                if (event.hash().equals(KEY)) {
                    reaction.accept(event.after().orElseThrow());
                }
            }
        });
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
