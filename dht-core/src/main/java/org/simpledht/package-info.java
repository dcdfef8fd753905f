/** What an application sees: start with {@link org.simpledht.Dht}. */
package org.simpledht;
