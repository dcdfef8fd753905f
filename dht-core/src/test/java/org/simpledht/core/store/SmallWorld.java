package org.simpledht.core.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.simpledht.core.store.SmallNodes.Step;
import org.simpledht.core.store.SmallNodes.View;
import org.simpledht.core.store.Told.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/**
 * A few nodes, a few writes of one key, and all that can happen to them: each write at each node at each of the first steps,
 * each version told to each node as often and as late as may be, or never, each publisher renewing at each step or not. It
 * visits every state that can be reached, and none twice.
 *
 * <p>In each of them no node may show a version after it has applied a newer one; save a renewal that was made after the newer
 * one was written, when the longest lease since then is over. "After" is by the clocks of those who renewed and wrote.
 */
final class SmallWorld {

    /** A content of null removes. */
    record Write(Content content, int lifeSeconds, boolean isPublished) {}

    /**
     * @param skewsMillis how far each node's clock is ahead
     * @param writeSteps writes happen before this step
     * @param renewSteps renewals happen before this step
     * @param steps the step at which it ends
     */
    record Setting(
            List<Long> skewsMillis,
            long longestMillis,
            long stepMillis,
            List<Write> writes,
            int writeSteps,
            int renewSteps,
            int steps) {

        private static final long START = 1_700_000_000_000L;

        /** Whether all go by one clock, with steps at which they forget: then nothing is held by one alone. */
        boolean isInAgreement() {
            return skewsMillis.stream().allMatch(skew -> skew == 0) && stepMillis % 1_000 == 0;
        }

        long physicalMillis(int node, int step) {
            return START + skewsMillis.get(node) + step * stepMillis;
        }
    }

    /** Where the world is: states of {@link SmallNodes}, packed, and a set of {@link Told}. */
    private record World(int step, long nodes, int told) {

        private static final int BITS = 20;

        int node(int index) {
            return (int) (nodes >>> BITS * index) & (1 << BITS) - 1;
        }

        World with(int index, int state, int toldNow) {
            return new World(step, nodes ^ (long) (node(index) ^ state) << BITS * index, toldNow);
        }
    }

    private static final int MOST_STATES = 2_000_000;

    private final Setting setting;
    private final int size;
    private final Told told = new Told();
    private final SmallNodes nodes;
    private final Set<World> seen = new HashSet<>();
    private final Deque<String> way = new ArrayDeque<>();

    SmallWorld(LongFunction<Table> tables, Setting setting) {
        this.setting = setting;
        size = setting.skewsMillis().size();
        nodes = new SmallNodes(tables, setting, told);
    }

    /** Returns how many states there are. */
    int explore() {
        World initial = new World(0, 0, Told.NOTHING);
        for (int i = 0; i < size; i++) {
            initial = initial.with(i, nodes.initial(i), Told.NOTHING);
        }
        visit(initial);
        return seen.size();
    }

    private void visit(World world) {
        if (!seen.add(world)) {
            return;
        }
        if (seen.size() > MOST_STATES) {
            throw new IllegalStateException("this world is not small");
        }
        for (int i = 0; i < size; i++) {
            check(world, i);
        }
        if (setting.isInAgreement()) {
            agree(world);
        }
        for (int i = 0; i < size; i++) {
            write(world, i);
            tell(world, i);
            renew(world, i);
        }
        if (world.step() < setting.steps()) {
            pass(world);
        }
    }

    private void go(String how, World to) {
        way.addLast(how);
        visit(to);
        way.removeLast();
    }

    private void pass(World world) {
        World later = new World(world.step() + 1, world.nodes(), world.told());
        for (int i = 0; i < size; i++) {
            later = later.with(i, nodes.ticked(world.node(i), later.step()), world.told());
        }
        go("time passes", later);
    }

    private void write(World world, int node) {
        for (int write = 0; write < setting.writes().size() && world.step() < setting.writeSteps(); write++) {
            if (told.original(world.told(), write) == null) {
                act(world, node, nodes.written(world.node(node), write, world.step()), "writes");
            }
        }
    }

    private void tell(World world, int node) {
        for (int message : told.messages(world.told())) {
            act(world, node, nodes.told(world.node(node), message, world.step()), "is told");
        }
    }

    private void renew(World world, int node) {
        if (nodes.isPublishing(world.node(node)) && world.step() < setting.renewSteps()) {
            act(world, node, nodes.renewed(world.node(node), world.step()), "renews");
        }
    }

    private void act(World world, int node, Step step, String how) {
        if (step.state() != world.node(node)) {
            int toldNow = told.with(world.told(), step.message());
            go(node + " " + how + " " + told.text(step.message()), world.with(node, step.state(), toldNow));
        }
    }

    private void check(World world, int node) {
        View view = nodes.view(world.node(node), world.step());
        if (view.visible() == null) {
            return;
        }
        Message shown = told.message(world.told(), view.held(), view.visible());
        for (int newer = 0; newer < setting.writes().size(); newer++) {
            if (newer != shown.write() && nodes.hasApplied(world.node(node), newer)) {
                check(node, shown, told.original(world.told(), newer), world, view.nowMillis());
            }
        }
    }

    private void check(int node, Message shown, Message applied, World world, long nowMillis) {
        if (applied.meta()
                .isLargerThan(told.original(world.told(), shown.write()).meta())) {
            long writtenAt = applied.meta().clockMillis();
            boolean isRenewedLater = shown.renewedAtMillis() > writtenAt;
            if (!isRenewedLater || nowMillis < writtenAt + setting.longestMillis()) {
                throw new Broken(
                        node + " has applied " + applied + " and shows " + shown + ":\n" + String.join("\n", way));
            }
        }
    }

    /** Nodes that are told everything by the same clock hold the same. */
    private void agree(World world) {
        Meta agreed = nodes.view(toldAll(world, 0), world.step()).held();
        for (int i = 1; i < size; i++) {
            Meta held = nodes.view(toldAll(world, i), world.step()).held();
            if (!held.equals(agreed)) {
                throw new Broken(agreed + " at one and " + held + " at another:\n" + String.join("\n", way));
            }
        }
    }

    private int toldAll(World world, int node) {
        int state = world.node(node);
        for (int message : told.messages(world.told())) {
            state = nodes.told(state, message, world.step()).state();
        }
        return state;
    }

    /** A promise is broken. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        Broken(String how) {
            super(how);
        }
    }
}
