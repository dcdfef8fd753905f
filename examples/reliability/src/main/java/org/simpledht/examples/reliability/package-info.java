/** What a node bears, measured from outside: a process of its own with a small heap, and attackers on loopback addresses. */
package org.simpledht.examples.reliability;
