/**
 * The wire: five classic messages, the extension behind them, and the one codec of both. Pure functions over bytes:
 * no input ever makes them throw. The law is docs/PROTOCOL.md.
 */
package org.simpledht.protocol;
