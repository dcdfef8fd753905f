package org.simpledht.examples.scale.model;

/**
 * A number of the rules that can be varied, with its usual value. Times are in milliseconds. docs/SCALING.md says where nodes differ.
 */
enum Rule {
    /** So many neighbours a node looks for. */
    DEGREE(8),
    /** So many it has at most; and everyone it knows, as long as it knows of no more than these. */
    MAX(10),
    /** Of these so many places at most for links that the other side began. */
    INBOUND(6),
    /** Addresses in one exchange. */
    SHUFFLE(8),
    /** Whether addresses that are no neighbours are told as well. */
    SHUFFLE_KNOWN(1),
    /** As long as a node is younger, it exchanges addresses every second. */
    YOUNG(20_000),
    /** How often it does so later. */
    OLD_SHUFFLE(10_000),
    /** How often one link is replaced by a random other one; 0 for never. */
    REWIRE(60_000),
    /** Addresses kept of those who have shown that they live. */
    KNOWN(64),
    /** Addresses kept that were only heard of. */
    CANDIDATES(256),
    /** So many of the candidates are asked in a second. */
    PROBES(5),
    /** Requests in a second, of any kind. */
    REQUESTS(10),
    /** How often one address is asked in a row before it counts as dead. */
    TRIES(1),
    /** So many more requests are open than links are missing. */
    EXTRA(0),
    /** Whether a node that misses links asks at once when an answer comes, and not only on its next tick. */
    AT_ONCE(1),
    /** Whether a refusal names other addresses. */
    REFUSAL_PEERS(1),
    /** Whether the answer that begins a link names other addresses. */
    ACCEPT_PEERS(0),
    /** Whether one who has refused is asked again at any time. */
    KEEP_REFUSED(0),
    /** A node with fewer neighbours says PLEASE. */
    PLEASE_BELOW(1),
    /** How often a node evicts somebody for the sake of a PLEASE. */
    EVICT(5_000),
    /** Addresses kept of those who fell silent. */
    LOST(32),
    /** How often one of them is tried while one fell silent less than a minute ago. */
    LOST_SOON(2_000),
    /** How often later. */
    LOST_SELDOM(10_000),
    /** Whether a lost peer that is back takes the place of another. */
    LOST_FIRST(1),
    /** Who is silent for so long is dropped. */
    SILENCE(10_000),
    /** Who is silent for so long does not count any more when links are missing; 0 for not before it is dropped. */
    SUSPECT(4_000),
    /** Until so many addresses are known to live, one candidate a second is asked whether it does. */
    BOOK(0),
    /** Whether seeds are asked while fewer than half of the neighbours are there; 2: at the start only. */
    SEEDS(1),
    /** The longest wait between two attempts at a seed, in seconds. */
    SEED_WAIT(30),
    /** The same of a node that has no neighbour at all. */
    LONELY_WAIT(4),

    /** Whether a tree settles in advance which links are eager, or all begin so, and duplicates and what is missed decide. */
    TRUNK(1),
    /** So many duplicates in a row make a link lazy. */
    PRUNE(3),
    /** But only if the first of them came so long ago, */
    PRUNE_AFTER(1_000),
    /** or if there were so many; 0 for never. */
    PRUNE_FAST(10),
    /** A node makes at most one link lazy in that time. */
    PRUNE_EVERY(0),
    /** For so long after it has become eager or lazy no duplicates of a link count. */
    PRUNE_QUIET(300),
    /** Whether duplicates of what was asked for count. */
    PRUNE_ASKED(0),
    /** A node asks to make at most one link eager in that time. */
    GRAFT_EVERY(1_000),
    /** For so long announcements are collected. */
    BATCH(100),
    /** So many lazy links hear an announcement, at least. */
    LAZY(2),
    /** Where so many in a hundred frames get lost, the two numbers that follow hold instead. */
    LOSSY(5),
    BATCH_LOSSY(50),
    LAZY_LOSSY(4),
    /** And one in so many of them. */
    LAZY_SHARE(8),
    /** Whether nobody is told, by a push or an announcement, who has pushed or announced it himself. */
    SPARE_KNOWERS(1),
    /** After so long an announced version is asked for. */
    FIRST_WANT(80),
    /** Whether a node's own writes go to all its neighbours, or only to the eager ones. */
    OWN_ALL(0),
    /** But also to all if the root of the tree is so many hops away. */
    OWN_FAR(5),
    /** Whether asking makes the link eager at both ends, or only at the end that is asked. */
    GRAFT_BOTH(1),
    /** So many updates in a row that had to be asked for make a link eager; 0 for none ever. */
    GRAFT(3),
    /** Whether new links begin eager. */
    NEW_EAGER(1),
    /** So many in a thousand links are replaced by new ones in a second, while updates are measured; the tree follows at once. */
    CHURN(0),
    /** After so long what has come is acknowledged in a frame of its own, if no other goes; 0 for never. */
    ECHO(20),
    /** Whether announcements want an acknowledgement. */
    MARK_METAS(0),
    /** Whether relayed contents want an acknowledgement; own writes always do. */
    MARK_RELAYS(0),
    /** Whether each frame has a delay of its own, so that they overtake each other, or each pair of nodes. */
    JITTER(1),
    /** Bytes of the content. */
    CONTENT(100);

    private final int usual;

    Rule(int usual) {
        this.usual = usual;
    }

    int usual() {
        return usual;
    }
}
