package org.simpledht.examples.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Stands between one node and all others, in a process and a namespace of its own, and does to what passes what a bad link does.
 * It has the other nodes' addresses towards its node, so that neither side sees that it is there. Lines on standard input say how
 * bad the link is: {@code out} or {@code in}, and {@link Conditions#line}.
 */
final class Relay {

    private Relay() {}

    /** Arguments: the node, how many there are, the seed, whether damaged packets arrive. */
    public static void main(String[] args) throws IOException {
        int node = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        boolean damages = Boolean.parseBoolean(args[3]);
        Link out = new Link(Long.parseLong(args[2]), damages);
        Link in = new Link(~Long.parseLong(args[2]), damages);
        new Datagrams(node, count, out, in).begin();
        new Streams(node, count, out, in).begin();
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            (words[0].equals("out") ? out : in).set(Conditions.parse(words, 1));
        }
        System.exit(0);
    }
}
