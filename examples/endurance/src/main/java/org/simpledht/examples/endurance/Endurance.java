package org.simpledht.examples.endurance;

import java.util.Optional;

/**
 * Has a few nodes live through something. Arguments: {@code kills}, how many and within how many seconds, 100 and 300 without; {@code soak},
 * how many minutes and how many puts a second, 30 and 200 without; {@code idle}, how many seconds, 60 without: these in processes of their
 * own. Or {@code week}, how many days of virtual time and which seed, 7 and 1 without; its exit code is 1 if something is wrong.
 */
public final class Endurance {

    private Endurance() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "";
        switch (what) {
            case "kills" -> {
                System.out.println("| kills | |");
                System.out.println("|---|---|");
                new Kills().run(number(args, 1, 100), number(args, 2, 300));
            }
            case "soak" -> new Soak().run(number(args, 1, 30), number(args, 2, 200));
            case "week" -> {
                Optional<String> wrong = new Week(number(args, 2, 1)).run(number(args, 1, 7), System.out::println);
                System.out.println();
                System.out.println(
                        wrong.orElse("All agreed whenever they were asked, and the heap grew by a tenth at most."));
                System.exit(wrong.isPresent() ? 1 : 0);
            }
            case "idle" -> new Idle().run(number(args, 1, 60));
            default -> {
                System.err.println("write kills [<how many> <seconds>], soak [<minutes> <puts a second>], "
                        + "week [<days> <seed>] or idle [<seconds>]");
                System.exit(2);
            }
        }
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }
}
