package org.simpledht.core;

import java.util.List;
import org.simpledht.types.IpNetwork;

/**
 * How far those are trusted who have not shown that they receive at the address that they speak from.
 *
 * @param trusted networks whose addresses nobody can forge
 * @param secret0 half of what nobody else knows
 * @param secret1 the other half
 * @param guestBytesPerSecond what may go to all others, beyond three times of what came from there; four times as much at once
 * @param guestBytesPerNetwork the same for each /24 of IPv4 and each /48 of IPv6; sixteen times as much at once
 * @param guestFramesPerSecond frames read from one of their addresses; as many at once
 * @param guestWritesPerSecond what all of them together may write; twice as many at once
 */
public record GateSettings(
        List<IpNetwork> trusted,
        long secret0,
        long secret1,
        int guestBytesPerSecond,
        int guestBytesPerNetwork,
        int guestFramesPerSecond,
        int guestWritesPerSecond) {

    public GateSettings {
        trusted = List.copyOf(trusted);
    }
}
