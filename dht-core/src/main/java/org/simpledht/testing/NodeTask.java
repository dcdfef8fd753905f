package org.simpledht.testing;

import org.simpledht.DhtRuntime.Running;
import org.simpledht.DhtRuntime.Turns;

/** A node that takes its turns, each when it is due. */
final class NodeTask implements Running {

    private final HostTurns host;
    private final Agenda agenda;
    private final Turns turns;
    private final Runnable alarm = this::alarm;
    private final Runnable awoken = this::awoken;
    private long dueNanos = Long.MAX_VALUE;
    private long alarmNanos = Long.MAX_VALUE;
    private boolean waking;
    private boolean gone;

    NodeTask(HostTurns host, Agenda agenda, Turns turns) {
        this.host = host;
        this.agenda = agenda;
        this.turns = turns;
    }

    /** Takes a turn, whether one is due or not. */
    void turn() {
        if (gone) {
            return;
        }
        long next = turns.turn(false);
        if (next < 0) {
            gone = true;
            host.ended(this);
        } else if (next < Long.MAX_VALUE - agenda.nowNanos()) {
            dueNanos = agenda.nowNanos() + next;
            setAlarm();
        } else {
            dueNanos = Long.MAX_VALUE;
        }
    }

    /** One alarm at most lies ahead that has a meaning. One that is too early is set again when it goes off: turns come often. */
    private void setAlarm() {
        if (dueNanos < alarmNanos) {
            alarmNanos = dueNanos;
            agenda.in(dueNanos - agenda.nowNanos(), alarm);
        }
    }

    private void alarm() {
        if (gone || agenda.nowNanos() < alarmNanos) {
            return;
        }
        alarmNanos = Long.MAX_VALUE;
        if (agenda.nowNanos() < dueNanos) {
            setAlarm();
        } else {
            host.turn();
        }
    }

    private void awoken() {
        waking = false;
        if (!gone) {
            host.turn();
        }
    }

    void crash() {
        gone = true;
    }

    @Override
    public void wake() {
        if (!gone && !waking) {
            waking = true;
            agenda.in(0, awoken);
        }
    }

    @Override
    public void join() {
        while (!gone && !host.standsStill()) {
            turn();
        }
    }
}
