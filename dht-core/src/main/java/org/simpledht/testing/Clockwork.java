package org.simpledht.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets time pass, for tests and for calls that wait. */
final class Clockwork {

    /** A call that waits longer than that waits for something that will never happen. */
    private static final long LONGEST_CALL_NANOS = TimeUnit.DAYS.toNanos(365);

    private final Agenda agenda;
    private int plans;

    Clockwork(Agenda agenda) {
        this.agenda = agenda;
    }

    boolean advanceUntil(BooleanSupplier done, long nanos) {
        long limitNanos = agenda.nowNanos() + nanos;
        while (!done.getAsBoolean()) {
            if (!agenda.step(limitNanos)) {
                return done.getAsBoolean();
            }
        }
        return true;
    }

    void plan(long delayNanos, Runnable plan) {
        plans++;
        agenda.in(delayNanos, () -> {
            plans--;
            plan.run();
        });
    }

    /** Drives everything for a caller at a host that waits, as long as the host may still answer. */
    void drive(BooleanSupplier done, SimulatedHost caller) {
        int life = caller.turns().life();
        long limitNanos = agenda.nowNanos() + LONGEST_CALL_NANOS;
        if (!done.getAsBoolean() && caller.turns().isDeserted()) {
            throw crashed(caller);
        }
        while (!done.getAsBoolean()) {
            if (life != caller.turns().life()) {
                throw crashed(caller);
            }
            requireNotStopped(caller);
            if (!agenda.step(limitNanos)) {
                throw new IllegalStateException(
                        "a call at host " + caller.name() + " waits for something that will not happen");
            }
        }
    }

    /** Has one event happen, for a caller at a host that needs its node to go on. */
    void relieve(SimulatedHost caller) {
        if (caller.turns().isDeserted()) {
            throw crashed(caller);
        }
        requireNotStopped(caller);
        agenda.step(agenda.nowNanos() + LONGEST_CALL_NANOS);
    }

    private void requireNotStopped(SimulatedHost caller) {
        if (caller.turns().isStopped() && plans == 0) {
            throw new IllegalStateException(
                    "host " + caller.name()
                            + " stands still, and a call there would wait for ever; resume it first, or plan that with after()");
        }
    }

    private static IllegalStateException crashed(SimulatedHost caller) {
        return new IllegalStateException("host " + caller.name() + " has crashed: nothing on it will ever answer");
    }
}
