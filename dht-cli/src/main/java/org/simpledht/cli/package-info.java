/** {@code simple_dht}: the server with its prompt, and the client. Stands on the library's public API alone. */
package org.simpledht.cli;
