package org.simpledht.examples.scale.model;

/** A bounded set of addresses for each node. When it is full, a random one gives way. */
final class Book {

    static final int NOBODY = -1;

    private final int capacity;
    private final int[] addresses;
    private final short[] sizes;

    Book(int nodes, int capacity) {
        this.capacity = capacity;
        addresses = new int[Math.multiplyExact(nodes, capacity)];
        sizes = new short[nodes];
    }

    int size(int node) {
        return sizes[node];
    }

    boolean contains(int node, int address) {
        return indexOf(node, address) >= 0;
    }

    private int indexOf(int node, int address) {
        int from = node * capacity;
        for (int i = from; i < from + sizes[node]; i++) {
            if (addresses[i] == address) {
                return i;
            }
        }
        return -1;
    }

    /** Returns false if it was there already, or there is no room for any. */
    boolean add(int node, int address, Dice dice) {
        if (capacity == 0 || contains(node, address)) {
            return false;
        }
        int from = node * capacity;
        if (sizes[node] < capacity) {
            addresses[from + sizes[node]++] = address;
        } else {
            addresses[from + dice.below(capacity)] = address;
        }
        return true;
    }

    boolean remove(int node, int address) {
        int at = indexOf(node, address);
        if (at < 0) {
            return false;
        }
        addresses[at] = addresses[node * capacity + --sizes[node]];
        return true;
    }

    int at(int node, int index) {
        return addresses[node * capacity + index];
    }

    int random(int node, Dice dice) {
        return sizes[node] == 0 ? NOBODY : at(node, dice.below(sizes[node]));
    }
}
