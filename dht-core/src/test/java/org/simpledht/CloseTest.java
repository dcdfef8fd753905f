package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** After the close nothing is left, whatever was going on. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseTest {

    private static final Hash KEY = Hash.parse("2a");

    @AfterEach
    void beInterruptedNoMore() {
        Thread.interrupted();
    }

    @Test
    void interruptedThreadClosesAllTheSame() {
        CountDownLatch waitsOn = new CountDownLatch(1);
        RealThreads runtime = new RealThreads() {
            @Override
            void closing() {
                // Not before close() had its chance to give up.
                awaitUninterruptibly(waitsOn);
            }
        };
        Dht dht = Dht.start(twoBindings(), runtime);
        Thread closing = Thread.currentThread();
        closing.interrupt();
        Thread watching = new Thread(() -> {
            while (closing.isInterrupted() || closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            waitsOn.countDown();
        });
        watching.setDaemon(true);
        watching.start();
        dht.close();
        int closed = runtime.closedTransports.get();
        waitsOn.countDown();

        assertThat(closed).isEqualTo(2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void noThreadIsLeft() throws InterruptedException {
        List<Thread> before = threadsOfNodes();
        RealThreads runtime = new RealThreads();
        Dht dht = Dht.start(
                DhtConfig.builder().bind("127.0.0.1:0").seeds("127.0.0.1:1").build(), runtime);
        CountDownLatch heard = new CountDownLatch(1);
        dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                heard.countDown();
            }
        });
        dht.putAsync(KEY, Content.ofText("text")).join();
        heard.await();
        List<Thread> during = new ArrayList<>(threadsOfNodes());
        during.removeAll(before);
        assertThat(during).hasSizeGreaterThan(1);
        dht.close();

        // A thread's last instructions come after it has said that it is over; an idle one would stay for longer than
        // that.
        await().atMost(Duration.ofSeconds(2)).until(() -> during.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void closeWaitsForTheListenerThatIsBeingCalled() throws InterruptedException {
        RealThreads runtime = new RealThreads();
        Dht dht = Dht.start(twoBindings(), runtime);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<String> end = new CompletableFuture<>();
        dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                entered.countDown();
                awaitUninterruptibly(gate);
                end.complete("the listener has returned");
            }
        });
        dht.put(KEY, "text");
        entered.await();
        Thread closing = Thread.currentThread();
        Thread watching = new Thread(() -> {
            // Once the loop has ended, the listener is all that can be waited for.
            dht.closed().join();
            while (closing.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            gate.countDown();
        });
        watching.setDaemon(true);
        watching.start();
        dht.close();
        boolean waited = end.isDone();
        gate.countDown();

        assertThat(waited).isTrue();
    }

    @Test
    void nodeThatGetsNoThreadKeepsNoSocket() {
        RealThreads runtime = new RealThreads() {
            @Override
            public Running start(String name, boolean keepsJvmAlive, Turns turns) {
                throw new OutOfMemoryError("no more threads");
            }
        };

        assertThatThrownBy(() -> Dht.start(twoBindings(), runtime)).isInstanceOf(OutOfMemoryError.class);
        assertThat(runtime.closedTransports).hasValue(2);
    }

    @Test
    void listenerMayCloseTheNode() {
        Dht dht = Dht.start(DhtConfig.defaults(), new RealThreads());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        dht.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                dht.close();
                closed.complete(null);
            }
        });
        dht.put(KEY, "text");
        closed.join();

        assertThatThrownBy(dht::statistics).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void transportThatCannotBeClosedKeepsNobodyFromEnding() {
        RealThreads runtime = new RealThreads() {
            @Override
            void closing() {
                throw new IllegalStateException("thrown on purpose");
            }
        };
        Dht dht = Dht.start(twoBindings(), runtime);
        CompletableFuture<?> waiting =
                CompletableFuture.runAsync(() -> assertThatThrownBy(() -> dht.awaitPeers(1, Duration.ofDays(1)))
                        .isInstanceOf(IllegalStateException.class));
        dht.statistics();
        dht.close();

        dht.closed().join();
        waiting.join();
        assertThat(runtime.closedTransports).hasValue(2);
    }

    @Test
    void transportThatCannotBeClosedDoesNotHideWhyTheNodeCannotListen() {
        RealThreads runtime = new RealThreads() {
            private int opened;

            @Override
            public TransportProvider transport(String scheme) {
                TransportProvider provider = super.transport(scheme);
                return new Opening(scheme, (bind, context) -> {
                    if (++opened == 3) {
                        throw new IOException("no more");
                    }
                    return provider.open(bind, context);
                });
            }

            @Override
            void closing() {
                throw new IllegalStateException("thrown on purpose");
            }
        };
        DhtConfig config = DhtConfig.builder()
                .bind("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3")
                .build();

        assertThatThrownBy(() -> Dht.start(config, runtime))
                .isInstanceOf(CannotListenException.class)
                .hasMessage("no more");
        assertThat(runtime.closedTransports).hasValue(2);
    }

    private static DhtConfig twoBindings() {
        return DhtConfig.builder().bind("127.0.0.1:1", "127.0.0.1:2").build();
    }

    private static List<Thread> threadsOfNodes() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dht-"))
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
