package org.simpledht.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/** What was ever told in a {@link SmallWorld}, and sets of that; each by a number. */
final class Told {

    static final int NONE = -1;
    static final int NOTHING = 0;

    /** Writes are told apart by their contents, of which a removal has none. What is no renewal was renewed at -1. */
    record Message(Meta meta, Content content, int write, long renewedAtMillis) {}

    private final List<Message> messages = new ArrayList<>();
    private final Map<Message, Integer> ids = new HashMap<>();
    private final List<int[]> sets = new ArrayList<>(List.of(new int[0]));
    private final Map<List<Integer>, Integer> setIds = new HashMap<>(Map.of(List.of(), NOTHING));
    private final Map<Long, Integer> longer = new HashMap<>();

    int id(Message message) {
        return ids.computeIfAbsent(message, m -> {
            messages.add(m);
            return messages.size() - 1;
        });
    }

    Message message(int id) {
        return messages.get(id);
    }

    String text(int message) {
        return message == NONE ? "" : messages.get(message).toString();
    }

    int[] messages(int set) {
        return sets.get(set);
    }

    int with(int set, int message) {
        return message == NONE
                ? set
                : longer.computeIfAbsent((long) set << Integer.SIZE | message, id -> {
                    int[] all = Arrays.copyOf(sets.get(set), sets.get(set).length + 1);
                    all[all.length - 1] = message;
                    int[] sorted = Arrays.stream(all).sorted().distinct().toArray();
                    return setIds.computeIfAbsent(Arrays.stream(sorted).boxed().toList(), s -> {
                        sets.add(sorted);
                        return sets.size() - 1;
                    });
                });
    }

    /** How a write was told first, null if it has not happened. */
    Message original(int set, int write) {
        for (int id : sets.get(set)) {
            Message message = messages.get(id);
            if (message.write() == write && message.renewedAtMillis() < 0) {
                return message;
            }
        }
        return null;
    }

    /** Who told that. */
    Message message(int set, Meta meta, Content content) {
        for (int id : sets.get(set)) {
            Message message = messages.get(id);
            if (message.meta().equals(meta) && content.equals(message.content())) {
                return message;
            }
        }
        throw new AssertionError("nobody wrote " + meta);
    }
}
