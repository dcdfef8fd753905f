/**
 * What every transport is tested with. A third party's transport is held to the same promises: depend on the test-jar of
 * {@code dht-core} and extend {@link TransportContract} or {@link StreamTransportContract}.
 */
package org.simpledht.testkit;
