package org.simpledht.core.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.simpledht.core.store.Told.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/**
 * The states that a single node of a {@link SmallWorld} can be in, each with one way to get there, by which its table is built
 * anew. Ways after which the table goes by the same end in the same state.
 */
final class SmallNodes {

    /** What a node becomes by an act, and what it tells; {@link Told#NONE} if that is no news. */
    record Step(int state, int message) {}

    /** What a node shows at some moment, null if it shows nothing. */
    record View(Content visible, Meta held, long nowMillis) {}

    private interface Act {
        /** Returns what there is to tell, or null. */
        Message on(Table table);
    }

    private record State(int node, State from, Act act, int published, int applied) {}

    private record Key(int node, int published, int applied, String look) {}

    /** What is asked of a node besides the messages, which are numbered from 0 on. */
    private static final int RENEW = -1;

    private static final int TICK = -2;
    private static final int WRITE = -3;
    private static final int OFFSET = 0x100;

    private final LongFunction<Table> tables;
    private final SmallWorld.Setting setting;
    private final Told told;
    private final List<State> states = new ArrayList<>();
    private final Map<Key, Integer> ids = new HashMap<>();
    private final Map<Long, Step> steps = new HashMap<>();
    private final Map<Long, View> views = new HashMap<>();

    SmallNodes(LongFunction<Table> tables, SmallWorld.Setting setting, Told told) {
        this.tables = tables;
        this.setting = setting;
        this.told = told;
    }

    int initial(int node) {
        State state = new State(node, null, null, Told.NONE, 0);
        return id(state, table(state));
    }

    boolean isPublishing(int state) {
        return states.get(state).published() != Told.NONE;
    }

    boolean hasApplied(int state, int write) {
        return (states.get(state).applied() & 1 << write) != 0;
    }

    View view(int state, int step) {
        return views.computeIfAbsent((long) state << Integer.SIZE | step, id -> {
            Table table = table(states.get(state));
            long physical = physical(state, step);
            return new View(table.visible(physical), table.held(), table.nowMillis(physical));
        });
    }

    Step written(int state, int write, int step) {
        long physical = physical(state, step);
        SmallWorld.Write what = setting.writes().get(write);
        return step(state, WRITE - write, step, write, table -> {
            Meta meta = table.write(what.content(), what.lifeSeconds(), physical);
            return meta == null ? null : new Message(meta, what.content(), write, -1);
        });
    }

    Step told(int state, int message, int step) {
        long physical = physical(state, step);
        Message what = told.message(message);
        return step(state, message, step, what.write(), table -> {
            boolean isNews = table.offer(what.meta(), what.content(), physical);
            return isNews ? what : null;
        });
    }

    /** Of what is visible: a publisher does not bring back what has ended. */
    Step renewed(int state, int step) {
        long physical = physical(state, step);
        int write = states.get(state).published();
        Content content = setting.writes().get(write).content();
        return step(state, RENEW, step, write, table -> {
            long now = table.nowMillis(physical);
            Meta meta = content.equals(table.visible(physical)) ? table.renew(physical) : null;
            return meta == null ? null : new Message(meta, content, write, now);
        });
    }

    int ticked(int state, int step) {
        long physical = physical(state, step);
        Act act = table -> {
            table.tick(physical);
            return null;
        };
        return step(state, TICK, step, Told.NONE, act).state();
    }

    private long physical(int state, int step) {
        return setting.physicalMillis(states.get(state).node(), step);
    }

    private Step step(int state, int what, int step, int write, Act act) {
        long asked = (long) state << Integer.SIZE | (long) (what + OFFSET) << Byte.SIZE | step;
        Step known = steps.get(asked);
        if (known == null) {
            known = newStep(states.get(state), write, what <= WRITE, act);
            steps.put(asked, known);
        }
        return known;
    }

    private Step newStep(State state, int write, boolean isOwn, Act act) {
        Table table = table(state);
        Message news = act.on(table);
        int applied = state.applied();
        int published = state.published();
        if (news != null) {
            applied |= 1 << write;
            boolean publishes =
                    write == published || isOwn && setting.writes().get(write).isPublished();
            published = publishes ? write : Told.NONE;
        }
        int message = news == null ? Told.NONE : told.id(news);
        return new Step(id(new State(state.node(), state, act, published, applied), table), message);
    }

    private Table table(State state) {
        if (state.from() == null) {
            return tables.apply(setting.longestMillis());
        }
        Table table = table(state.from());
        state.act().on(table);
        return table;
    }

    private int id(State state, Table table) {
        Key key = new Key(state.node(), state.published(), state.applied(), table.lastLook());
        return ids.computeIfAbsent(key, k -> {
            states.add(state);
            return states.size() - 1;
        });
    }
}
