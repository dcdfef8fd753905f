/** What a network of real processes bears, measured from outside: nodes that are killed, and work that goes on for long. */
package org.simpledht.examples.endurance;
