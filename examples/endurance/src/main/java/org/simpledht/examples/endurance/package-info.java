/**
 * What a network bears: real processes, measured from outside, that are killed, work for long or are idle; and a week in virtual time.
 */
package org.simpledht.examples.endurance;
