package org.simpledht.examples.endurance;

/**
 * Has five nodes in processes of their own live through something. Arguments: {@code kills}, how many and within how many seconds, 100 and
 * 300 without; or {@code soak}, how many minutes and how many puts a second, 30 and 200 without.
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
            default -> {
                System.err.println("write kills [<how many> <seconds>] or soak [<minutes> <puts a second>]");
                System.exit(2);
            }
        }
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }
}
